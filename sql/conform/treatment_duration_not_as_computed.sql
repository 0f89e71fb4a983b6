-- One record per subject whose TRTDURD is not the number of days between first and last dose.
-- Words: TRTDURD is {value}, not TRTEDT - TRTSDT + 1
-- Todo: derive TRTDURD from TRTSDT and TRTEDT
-- Source: ADaMIG 1.3 section 3.2 (Total Treatment Duration (Days))
-- Severity: warning
-- Standard: ADaM
-- Needs: ADSL.TRTDURD, ADSL.TRTSDT, ADSL.TRTEDT
SELECT
    'ADSL' AS dataset,
    'TRTDURD' AS variable,
    _row,
    printf('%g', TRTDURD) AS value
FROM adam.ADSL
WHERE TRTDURD <> TRTEDT - TRTSDT + 1
