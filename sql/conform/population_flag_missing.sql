-- One record per subject of ADSL without the value of a population flag.
-- Words: {variable} is missing for a subject
-- Todo: a population flag is Y or N for every subject
-- Source: ADaMIG 1.3 section 3.2 (population indicators)
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.USUBJID
WITH
flags AS (
    SELECT
        _row,
        COLUMNS('^(FAS|SAF|ITT|PPROT|COMPL|RAND|ENRL)FL$')::VARCHAR
    FROM adam.ADSL
)

SELECT
    'ADSL' AS dataset,
    f.variable,
    f._row
FROM (
    SELECT
        _row,
        variable,
        value
    FROM flags UNPIVOT INCLUDE NULLS (value FOR variable IN (COLUMNS(* EXCLUDE (_row))))
) AS f
SEMI JOIN meta.variables AS v ON v.dataset = 'ADSL' AND f.variable = v.variable
WHERE f.value IS NULL
