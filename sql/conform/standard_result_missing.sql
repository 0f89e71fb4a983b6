-- One record per result as collected that was not standardised.
-- Words: --ORRES is given but {variable} is missing
-- Todo: standardise the result; where it cannot be, --STRESC is the text as collected
-- Source: SDTMIG 3.4 section 4.5.1; CG0397; CORE-000021
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --ORRES or --DRVFL, --STRESC
SELECT
    $domain || 'STRESC' AS variable,
    _row,
    ORRES AS value
FROM record
WHERE STRESC IS NULL AND (ORRES IS NOT NULL OR DRVFL = 'Y' AND STAT IS NULL)
