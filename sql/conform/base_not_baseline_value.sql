-- One record per record whose BASE is not the value of the baseline record.
-- Words: BASE is not AVAL of the baseline record (ABLFL = Y)
-- Todo: take BASE from the baseline record of the subject, parameter and baseline type
-- Source: ADaMIG 1.3 section 3.3 (BASE) and section 4.2.1
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, PARAMCD, AVAL, BASE, ABLFL
WITH
baselines AS (
    SELECT
        USUBJID,
        PARAMCD,
        coalesce(BASETYPE, '') AS kind,
        min(AVAL) AS lowest,
        max(AVAL) AS highest
    FROM record
    WHERE ABLFL = 'Y' AND AVAL IS NOT NULL
    GROUP BY USUBJID, PARAMCD, kind
)

SELECT
    'BASE' AS variable,
    r._row,
    printf('%g', r.BASE) AS value
FROM record AS r
INNER JOIN baselines AS b
    ON r.USUBJID = b.USUBJID AND r.PARAMCD = b.PARAMCD AND coalesce(r.BASETYPE, '') = b.kind
WHERE
    abs(r.BASE - b.lowest) > 0.00001 * greatest(1, abs(r.BASE))
    AND abs(r.BASE - b.highest) > 0.00001 * greatest(1, abs(r.BASE))
