-- One record per record that says that it was not done and has a result.
-- Words: --STAT is NOT DONE but {variable} is given
-- Todo: take away the one that is not true
-- Source: SDTMIG 3.4 section 4.5.1.2; CG0422; CORE-000099
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --STAT
SELECT
    $domain || CASE
        WHEN ORRES IS NOT NULL THEN 'ORRES'
        WHEN STRESC IS NOT NULL THEN 'STRESC'
        WHEN OCCUR IS NOT NULL THEN 'OCCUR'
        ELSE 'DOSE'
    END AS variable,
    _row,
    coalesce(ORRES, STRESC, OCCUR) AS value
FROM record
WHERE STAT IS NOT NULL AND (ORRES IS NOT NULL OR STRESC IS NOT NULL OR OCCUR IS NOT NULL OR DOSE > 0)
