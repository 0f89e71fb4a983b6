-- One record per text of an analysis variable with a codelist that nobody may extend, which is none of its
--   terms.
-- Words: {variable} has the value '{cause}', which is not a term of its codelist
-- Todo: correct the value in the derivation, or in SDTM where it comes from
-- Source: ADaMIG 1.3 section 3; ADaM CT and SDTM CT 2025-03-28
-- Severity: error
-- Standard: ADaM
SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
SEMI JOIN meta.listed AS l
    ON v.standard = l.standard AND v.domain = l.domain AND v.variable = l.variable AND NOT l.extensible
ANTI JOIN meta.allowed AS a
    ON v.standard = a.standard AND v.domain = a.domain AND v.variable = a.variable AND v.value = a.term
WHERE v.standard = 'ADaM' AND NOT ends_with(v.variable, 'STRESC')
