-- One record per record of an ADaM dataset whose subject ADSL does not have.
-- Words: the subject is not in ADSL
-- Todo: add the subject to ADSL, or take its records out
-- Source: ADaMIG 1.3 section 2.3.1
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, ADSL.USUBJID
SELECT
    'USUBJID' AS variable,
    _row,
    USUBJID AS value
FROM record
WHERE $dataset <> 'ADSL' AND USUBJID NOT IN (
    SELECT USUBJID FROM adam.ADSL
    WHERE USUBJID IS NOT NULL
)
