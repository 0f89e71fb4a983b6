-- One record per change from baseline that is not AVAL minus BASE.
-- Words: CHG is {value}, not AVAL - BASE
-- Todo: derive CHG from AVAL and BASE
-- Source: ADaMIG 1.3 section 3.3 (CHG)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: AVAL, BASE, CHG
SELECT
    'CHG' AS variable,
    _row,
    printf('%g', CHG) AS value
FROM record
WHERE abs(CHG - (AVAL - BASE)) > 0.00001 * greatest(1, abs(AVAL), abs(BASE))
