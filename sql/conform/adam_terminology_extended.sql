-- One record per text of an analysis variable with an extensible codelist that neither the codelist nor the
--   study has.
-- Words: {variable} has the value '{cause}', which is not a term of its extensible codelist
-- Todo: look whether a term means the same; where none does, Define-XML marks the value as extended
-- Source: ADaMIG 1.3 section 3; ADaM CT and SDTM CT 2025-03-28
-- Severity: warning
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
    ON v.standard = l.standard AND v.domain = l.domain AND v.variable = l.variable AND l.extensible
ANTI JOIN meta.allowed AS a
    ON v.standard = a.standard AND v.domain = a.domain AND v.variable = a.variable AND v.value = a.term
WHERE
    v.standard = 'ADaM'
    -- SDTM is asked about these; PARAMCD and AVALC stand for tests and results
    AND NOT regexp_matches(v.variable, '(STRESC|TESTCD|TEST|CAT|DECOD)$')
