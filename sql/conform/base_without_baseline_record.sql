-- One record per subject, parameter and baseline type with BASE and without a baseline record.
-- Words: BASE is filled and no record is flagged as baseline (ABLFL = Y)
-- Todo: flag the record that BASE comes from
-- Source: ADaMIG 1.3 section 3.3 (ABLFL)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, PARAMCD, BASE, ABLFL
SELECT
    'BASE' AS variable,
    min(_row) FILTER (WHERE BASE IS NOT NULL) AS _row,
    printf('%g', max(BASE)) AS value
FROM record
GROUP BY USUBJID, PARAMCD, BASETYPE
HAVING count(BASE) > 0 AND count(*) FILTER (WHERE ABLFL = 'Y') = 0
