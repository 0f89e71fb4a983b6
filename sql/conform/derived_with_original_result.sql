-- One record per derived result that also stands as one that was collected.
-- Words: --DRVFL is Y but --ORRES is given
-- Todo: a derived result has --STRESC only; one that was collected is not derived
-- Source: SDTMIG 3.4 section 4.5.1.1
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: --DRVFL, --ORRES
SELECT
    $domain || 'DRVFL' AS variable,
    _row,
    ORRES AS value
FROM record
WHERE DRVFL = 'Y' AND ORRES IS NOT NULL
