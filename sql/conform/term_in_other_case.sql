-- One record per text of a variable with a codelist that is a term but for its upper and lower case.
-- Words: {variable} has the value '{cause}', which is a term only in another case
-- Todo: write the term exactly as the codelist has it
-- Source: SDTMIG 3.4 section 4.3; SDTM CT 2025-03-28
-- Severity: error
-- Standard: SDTM
SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
SEMI JOIN meta.allowed AS a
    ON
        v.standard = a.standard AND v.domain = a.domain AND v.variable = a.variable
        AND lower(v.value) = lower(a.term)
ANTI JOIN meta.allowed AS e
    ON v.standard = e.standard AND v.domain = e.domain AND v.variable = e.variable AND v.value = e.term
WHERE v.standard = 'SDTM' AND v.variable NOT IN ('RSSTRESC', 'RSTESTCD', 'RSTEST')
