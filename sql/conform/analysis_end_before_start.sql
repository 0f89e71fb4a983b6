-- One record per period of an ADaM record that ends before it starts.
-- Words: {variable} is before the start
-- Todo: correct the dates, or how they are imputed
-- Source: ADaMIG 1.3 section 3.3; OCCDS 1.1 section 3.2
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: ASTDT or TRTSDT or APERSDT or ASTDTM or TRTSDTM
SELECT
    p.variable,
    p._row,
    p.until::VARCHAR AS value
FROM (
    SELECT
        'AENDT' AS variable,
        _row,
        ASTDT AS since,
        AENDT AS until
    FROM record
    UNION ALL
    SELECT
        'TRTEDT' AS variable,
        _row,
        TRTSDT AS since,
        TRTEDT AS until
    FROM record
    UNION ALL
    SELECT
        'APEREDT' AS variable,
        _row,
        APERSDT AS since,
        APEREDT AS until
    FROM record
    UNION ALL
    SELECT
        'AENDTM' AS variable,
        _row,
        ASTDTM AS since,
        AENDTM AS until
    FROM record
    UNION ALL
    SELECT
        'TRTEDTM' AS variable,
        _row,
        TRTSDTM AS since,
        TRTEDTM AS until
    FROM record
) AS p
WHERE p.until < p.since
