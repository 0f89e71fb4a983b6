-- One record per dataset of observations without any variable that says when.
-- Words: {dataset} has no timing variable
-- Todo: add the date, the visit or another time of the observation
-- Source: SDTMIG 3.4 section 4.1.4; SDTM 2.0 (timing variables); CG0219; CORE-000575
-- Severity: error
-- Standard: SDTM
WITH
timing AS (
    SELECT DISTINCT stem
    FROM standards.sdtmig
    WHERE role = 'Timing'
)

SELECT d.dataset
FROM meta.datasets AS d
WHERE
    d.standard = 'SDTM' AND d.class IN ('FINDINGS', 'FINDINGS ABOUT', 'EVENTS', 'INTERVENTIONS')
    -- a criterion and a characteristic may hold without a time
    AND d.domain NOT IN ('IE', 'SC')
    AND NOT EXISTS (
        SELECT 1
        FROM meta.variables AS v
        SEMI JOIN timing AS t ON t.stem = v.stem
        WHERE v.standard = 'SDTM' AND v.dataset = d.dataset
    )
