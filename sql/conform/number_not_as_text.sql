-- One record per numeric result that is another number than its text.
-- Words: --STRESN is not the number that --STRESC gives, or is given where --STRESC is no number
-- Todo: derive --STRESN from --STRESC
-- Source: SDTMIG 3.4 section 4.5.1; FDA Business Rules FB3102, FB3103; CORE-000542; CORE-000732
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --STRESC, --STRESN
SELECT
    $domain || 'STRESN' AS variable,
    _row,
    STRESC AS value
FROM record
WHERE
    STRESN IS NOT NULL AND (
        try_cast(STRESC AS DOUBLE) IS NULL
        -- text may be rounded to as many digits as were measured
        OR abs(try_cast(STRESC AS DOUBLE) - STRESN) > 0.0005 * greatest(abs(STRESN), 1e-6)
        AND abs(try_cast(STRESC AS DOUBLE) - STRESN)
        > 0.5000001 * pow(10, -length(split_part(STRESC, '.', 2)))
    )
