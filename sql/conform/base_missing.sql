-- One record per record without BASE though the subject has a baseline value of the parameter.
-- Words: BASE is missing though there is a baseline record with a value
-- Todo: fill BASE on every record of the subject, parameter and baseline type
-- Source: ADaMIG 1.3 section 3.3 (BASE)
-- Severity: warning
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, PARAMCD, AVAL, BASE, ABLFL
WITH
baselines AS (
    SELECT DISTINCT
        USUBJID,
        PARAMCD,
        coalesce(BASETYPE, '') AS kind
    FROM record
    WHERE ABLFL = 'Y' AND AVAL IS NOT NULL
)

SELECT
    'BASE' AS variable,
    r._row
FROM record AS r
INNER JOIN baselines AS b
    ON r.USUBJID = b.USUBJID AND r.PARAMCD = b.PARAMCD AND coalesce(r.BASETYPE, '') = b.kind
WHERE
    r.BASE IS NULL
    AND r.PARAMCD IN (
        SELECT PARAMCD FROM record
        WHERE BASE IS NOT NULL
    )
