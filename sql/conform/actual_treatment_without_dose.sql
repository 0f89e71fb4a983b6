-- One record per subject with an actual treatment and without a dose.
-- Words: TRT01A is filled for a subject without a dose in EX
-- Todo: leave the actual treatment missing where there was none
-- Source: ADaMIG 1.3 section 3.2 (TRTxxA)
-- Severity: warning
-- Standard: ADaM
-- Needs: ADSL.TRT01A, ADSL.TRTSDT, EX.USUBJID
SELECT
    'ADSL' AS dataset,
    'TRT01A' AS variable,
    _row,
    TRT01A AS value
FROM adam.ADSL
WHERE
    TRT01A IS NOT NULL
    AND TRTSDT IS NULL
    AND NOT regexp_matches(upper(TRT01A), '^(NOT |NO |SCREEN|UNTREATED)')
    AND USUBJID NOT IN (
        SELECT USUBJID FROM sdtm.EX
        WHERE USUBJID IS NOT NULL
    )
