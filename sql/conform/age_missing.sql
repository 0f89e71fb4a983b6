-- One record per subject who was treated and whose age is not known.
-- Words: AGE is missing
-- Todo: ask the site for the age or the year of birth
-- Source: FDA Business Rule FB0501; CORE-001043
-- Severity: warning
-- Standard: SDTM
-- Needs: DM.AGE
SELECT
    d._dataset AS dataset,
    'AGE' AS variable,
    d._row
FROM sdtm.DM AS d
WHERE
    d.AGE IS NULL AND d.ACTARMCD IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM meta.variables AS v
        WHERE v.domain = 'DM' AND v.variable = 'AGETXT'
    )
