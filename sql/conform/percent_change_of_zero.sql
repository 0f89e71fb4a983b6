-- One record per percent change from a baseline of 0.
-- Words: PCHG is filled though BASE is 0
-- Todo: leave PCHG missing where BASE is 0
-- Source: ADaMIG 1.3 section 3.3 (PCHG)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: BASE, PCHG
SELECT
    'PCHG' AS variable,
    _row,
    printf('%g', PCHG) AS value
FROM record
WHERE BASE = 0 AND PCHG IS NOT NULL
