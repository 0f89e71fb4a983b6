-- One record per source of values that is no dataset, or no variable of it.
-- Words: {variable} is '{cause}', which is not there
-- Todo: name a dataset and a variable of the package
-- Source: ADaMIG 1.3 section 3.3 (SRCDOM, SRCVAR)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: SRCDOM, DM.USUBJID
WITH used AS (
    SELECT
        SRCDOM,
        SRCVAR,
        min(_row) AS _row,
        count(*) AS records
    FROM record
    WHERE SRCDOM IS NOT NULL
    GROUP BY SRCDOM, SRCVAR
),

known AS (
    SELECT
        dataset AS name,
        variable
    FROM meta.variables
    UNION
    SELECT
        domain AS name,
        variable
    FROM meta.variables
),

d AS (SELECT DISTINCT name FROM known)

SELECT
    CASE WHEN d.name IS NULL THEN 'SRCDOM' ELSE 'SRCVAR' END AS variable,
    CASE WHEN d.name IS NULL THEN u.SRCDOM ELSE u.SRCDOM || '.' || u.SRCVAR END AS cause,
    u._row,
    u.records
FROM used AS u
LEFT JOIN d ON u.SRCDOM = d.name
LEFT JOIN known AS k ON u.SRCDOM = k.name AND u.SRCVAR = k.variable
WHERE
    (d.name IS NULL AND NOT starts_with(u.SRCDOM, 'SUPP'))
    OR (u.SRCVAR IS NOT NULL AND d.name IS NOT NULL AND k.name IS NULL)
