-- One record per date and time that is not on the day of the date beside it.
-- Words: {variable} is not on the day that the date variable gives
-- Todo: derive date and datetime from the same date and time
-- Source: ADaMIG 1.3 section 3.1.2
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: TRTSDTM or TRTEDTM or ADTM or ASTDTM or AENDTM
SELECT
    d.variable,
    d._row,
    d.instant::VARCHAR AS value
FROM (
    SELECT
        'TRTSDTM' AS variable,
        _row,
        TRTSDTM AS instant,
        TRTSDT AS day
    FROM record
    UNION ALL
    SELECT
        'TRTEDTM' AS variable,
        _row,
        TRTEDTM AS instant,
        TRTEDT AS day
    FROM record
    UNION ALL
    SELECT
        'ADTM' AS variable,
        _row,
        ADTM AS instant,
        ADT AS day
    FROM record
    UNION ALL
    SELECT
        'ASTDTM' AS variable,
        _row,
        ASTDTM AS instant,
        ASTDT AS day
    FROM record
    UNION ALL
    SELECT
        'AENDTM' AS variable,
        _row,
        AENDTM AS instant,
        AENDT AS day
    FROM record
) AS d
WHERE d.instant::DATE <> d.day
