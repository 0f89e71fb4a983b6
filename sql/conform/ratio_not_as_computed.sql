-- One record per ratio to baseline that is not AVAL divided by BASE.
-- Words: R2BASE is {value}, not AVAL / BASE
-- Todo: derive R2BASE from AVAL and BASE
-- Source: ADaMIG 1.3 section 3.3 (R2BASE)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: AVAL, BASE, R2BASE
SELECT
    'R2BASE' AS variable,
    _row,
    printf('%g', R2BASE) AS value
FROM record
WHERE BASE <> 0 AND abs(R2BASE - AVAL / BASE) > 0.0001 * greatest(1, abs(R2BASE))
