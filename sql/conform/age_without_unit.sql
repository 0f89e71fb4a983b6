-- One record per subject whose age has no unit, or who has a unit and no age.
-- Words: of AGE and AGEU one is missing: {variable}
-- Todo: fill {variable}
-- Source: SDTMIG 3.4 section 5.2; CG0434; CG0665; CG0666; CORE-000122; CORE-000189; CORE-000190
-- Severity: error
-- Standard: SDTM
-- Needs: DM.AGE, DM.AGEU
SELECT
    _dataset AS dataset,
    if(AGE IS NULL, 'AGE', 'AGEU') AS variable,
    _row
FROM sdtm.DM
WHERE
    AGE IS NOT NULL AND AGEU IS NULL
    OR AGE IS NULL AND AGEU IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM meta.variables AS v
        WHERE v.domain = 'DM' AND v.variable = 'AGETXT'
    )
