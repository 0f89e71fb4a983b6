-- One record per subject whose age at consent is outside the protocol's limits.
-- Query: The age at informed consent is {value} years; the protocol asks for {low} to {high}. Please check
--   birth date and consent date.
-- Source: the protocol's eligibility criteria
-- Severity: error
-- Needs: dm.BRTHDAT or dm.AGE
-- Threshold: low = 18; youngest age in years
-- Threshold: high = 100; oldest age in years
SELECT
    d.USUBJID,
    'DM' AS dataset,
    'BRTHDAT' AS variable,
    d.AGE AS value,
    $low AS low,
    $high AS high
FROM sdtm.DM AS d
WHERE d.AGE NOT BETWEEN $low AND $high
