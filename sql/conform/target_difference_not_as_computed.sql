-- One record per difference from the target day that is another.
-- Words: AWTDIFF is {value}, not the days between ADY and AWTARGET
-- Todo: derive AWTDIFF from ADY and AWTARGET
-- Source: ADaMIG 1.3 section 3.3 (AWTDIFF)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: ADY, AWTARGET, AWTDIFF
SELECT -- there is no day 0: across it the difference is one less
    'AWTDIFF' AS variable,
    _row,
    printf('%g', AWTDIFF) AS value
FROM record
WHERE
    abs(AWTDIFF) <> abs(ADY - AWTARGET)
    AND NOT ((ADY > 0) <> (AWTARGET > 0) AND abs(AWTDIFF) = abs(ADY - AWTARGET) - 1)
