-- One record per imputation flag that stands without the date or time that was imputed.
-- Words: {variable} is filled where the date or time that it is about is missing
-- Todo: an imputation flag stands only with its date or time
-- Source: ADaMIG 1.3 section 3.1.3, rule 5
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: ASTDTF or AENDTF or ADTF or ASTTMF or AENTMF or ATMF or TRTSDTF or TRTEDTF or DTHDTF
SELECT
    f.variable,
    f._row,
    f.value
FROM (
    SELECT
        'ASTDTF' AS variable,
        _row,
        ASTDTF AS value,
        ASTDT IS NULL AND ASTDTM IS NULL AS bare
    FROM record
    UNION ALL
    SELECT
        'AENDTF' AS variable,
        _row,
        AENDTF AS value,
        AENDT IS NULL AND AENDTM IS NULL AS bare
    FROM record
    UNION ALL
    SELECT
        'ADTF' AS variable,
        _row,
        ADTF AS value,
        ADT IS NULL AND ADTM IS NULL AS bare
    FROM record
    UNION ALL
    SELECT
        'ASTTMF' AS variable,
        _row,
        ASTTMF AS value,
        ASTTM IS NULL AND ASTDTM IS NULL AS bare
    FROM record
    UNION ALL
    SELECT
        'AENTMF' AS variable,
        _row,
        AENTMF AS value,
        AENTM IS NULL AND AENDTM IS NULL AS bare
    FROM record
    UNION ALL
    SELECT
        'ATMF' AS variable,
        _row,
        ATMF AS value,
        ATM IS NULL AND ADTM IS NULL AS bare
    FROM record
    UNION ALL
    SELECT
        'TRTSDTF' AS variable,
        _row,
        TRTSDTF AS value,
        TRTSDT IS NULL AND TRTSDTM IS NULL AS bare
    FROM record
    UNION ALL
    SELECT
        'TRTEDTF' AS variable,
        _row,
        TRTEDTF AS value,
        TRTEDT IS NULL AND TRTEDTM IS NULL AS bare
    FROM record
    UNION ALL
    SELECT
        'DTHDTF' AS variable,
        _row,
        DTHDTF AS value,
        DTHDT IS NULL AS bare
    FROM record
) AS f
WHERE f.value IS NOT NULL AND f.bare
