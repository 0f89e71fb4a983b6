-- One record per source record number that stands without its dataset or variable.
-- Words: SRCSEQ is filled and {variable} is missing
-- Todo: fill SRCDOM, SRCVAR and SRCSEQ together
-- Source: ADaMIG 1.3 section 3.3 (datapoint traceability)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: SRCDOM, SRCVAR, SRCSEQ
SELECT
    CASE WHEN SRCDOM IS NULL THEN 'SRCDOM' ELSE 'SRCVAR' END AS variable,
    _row,
    printf('%g', SRCSEQ) AS value
FROM record
WHERE SRCSEQ IS NOT NULL AND (SRCDOM IS NULL OR SRCVAR IS NULL)
