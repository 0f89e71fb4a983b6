-- One record per analysis sequence number that a subject has twice in a dataset.
-- Words: ASEQ is not unique within the subject
-- Todo: number the records of a subject anew
-- Source: ADaMIG 1.3 section 3.3 (Analysis Sequence Number)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, ASEQ
SELECT
    'ASEQ' AS variable,
    _row,
    printf('%g', ASEQ) AS value
FROM record
WHERE ASEQ IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY USUBJID, ASEQ ORDER BY _row) > 1
