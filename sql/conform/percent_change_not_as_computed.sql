-- One record per percent change from baseline that is not 100 (AVAL - BASE) / BASE.
-- Words: PCHG is {value}, not 100 * (AVAL - BASE) / BASE
-- Todo: derive PCHG from AVAL and BASE
-- Source: ADaMIG 1.3 section 3.3 (PCHG)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: AVAL, BASE, PCHG
SELECT
    'PCHG' AS variable,
    _row,
    printf('%g', PCHG) AS value
FROM record
WHERE
    BASE <> 0
    AND abs(PCHG - 100 * (AVAL - BASE) / BASE) > 0.0001 * greatest(1, abs(PCHG))
