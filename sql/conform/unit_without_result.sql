-- One record per unit that belongs to no result.
-- Words: {variable} is given without a result
-- Todo: take the unit away, or find the result
-- Source: SDTMIG 3.4 section 4.5.1; CG0426; CORE-000133
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --STRESU or --ORRESU, --ORRES or --STRESC
SELECT
    $domain || if(STRESU IS NOT NULL AND STRESC IS NULL, 'STRESU', 'ORRESU') AS variable,
    _row
FROM record
WHERE STRESU IS NOT NULL AND STRESC IS NULL OR ORRESU IS NOT NULL AND ORRES IS NULL AND STRESC IS NULL
