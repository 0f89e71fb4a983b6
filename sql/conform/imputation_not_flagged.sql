-- One record per imputed date whose flag does not say what was imputed.
-- Words: {variable} is not {cause}, the part that SDTM does not have
-- Todo: set the flag to D, M or Y: the highest part of the date that was imputed
-- Source: ADaMIG 1.3 section 3.1.3, rule 5 (DATEFL)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, ASTDTF or AENDTF, AESEQ or CMSEQ or MHSEQ
-- Classes: OCCURRENCE DATA STRUCTURE
WITH
expected AS (
    SELECT
        *,
        CASE
            WHEN day IS NULL OR regexp_matches(dtc, '^[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN ''
            WHEN regexp_matches(dtc, '^[0-9]{4}-[0-9]{2}') THEN 'D'
            WHEN regexp_matches(dtc, '^[0-9]{4}') THEN 'M'
            ELSE 'Y'
        END AS due
    FROM occurrence_date
)

SELECT
    variable || 'F' AS variable,
    CASE WHEN due = '' THEN 'missing' ELSE due END AS cause,
    _row,
    flag AS value
FROM expected
WHERE coalesce(flag, '') <> due AND day IS NOT NULL
