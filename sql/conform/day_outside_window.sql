-- One record per record whose day lies outside the window of its analysis visit.
-- Words: ADY {value} is outside AWLO to AWHI
-- Todo: derive AVISIT from the windows
-- Source: ADaMIG 1.3 section 3.3 (AWLO, AWHI)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: ADY, AVISIT, AWLO or AWHI
SELECT
    'ADY' AS variable,
    _row,
    printf('%g', ADY) AS value
FROM record
WHERE DTYPE IS NULL AND AVISIT IS NOT NULL AND (ADY < AWLO OR ADY > AWHI)
