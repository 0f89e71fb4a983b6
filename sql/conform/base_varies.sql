-- One record per record whose BASE is another than that of most records of the parameter.
-- Words: BASE is not the same on all records of the subject, parameter and baseline type
-- Todo: one baseline per subject, parameter and baseline type; where there are several, BASETYPE tells them
--   apart
-- Source: ADaMIG 1.3 section 4.2.1, rule 6
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, PARAMCD, BASE
WITH
usual AS (
    SELECT
        USUBJID,
        PARAMCD,
        coalesce(BASETYPE, '') AS kind,
        mode(BASE) AS base_value
    FROM record
    WHERE BASE IS NOT NULL
    GROUP BY USUBJID, PARAMCD, kind
    HAVING max(BASE) - min(BASE) > 0.00001 * greatest(1, abs(max(BASE)))
)

SELECT
    'BASE' AS variable,
    r._row,
    printf('%g', r.BASE) AS value
FROM record AS r
INNER JOIN usual AS u
    ON r.USUBJID = u.USUBJID AND r.PARAMCD = u.PARAMCD AND coalesce(r.BASETYPE, '') = u.kind
WHERE r.BASE <> u.base_value
