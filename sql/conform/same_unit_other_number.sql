-- One record per result whose standard number is another one although the unit is the same, or there is none.
-- Words: nothing was converted, but --STRESN is not the number of --ORRES
-- Todo: correct the conversion, or the unit
-- Source: SDTMIG 3.4 section 4.5.1
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: --ORRES, --STRESN
SELECT
    $domain || 'STRESN' AS variable,
    _row,
    ORRES AS value
FROM record
WHERE
    ORRESU IS NOT DISTINCT FROM STRESU AND STRESN IS NOT NULL
    -- one in a hundred is rounding
    AND abs(try_cast(ORRES AS DOUBLE) - STRESN) > 0.01 * abs(STRESN)
    AND abs(try_cast(ORRES AS DOUBLE) - STRESN) > 0.5000001 * pow(10, -length(split_part(STRESC, '.', 2)))
