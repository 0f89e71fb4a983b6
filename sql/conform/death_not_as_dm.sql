-- One record per subject whose death in ADSL is not that of DM.
-- Words: {variable} is not what DM says of the death
-- Todo: derive DTHDT from DTHDTC of DM
-- Source: ADaMIG 1.3 section 3.2 (Date of Death)
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.DTHDT, DM.DTHDTC
SELECT
    'ADSL' AS dataset,
    'DTHDT' AS variable,
    a._row,
    a.DTHDT::VARCHAR AS value
FROM adam.ADSL AS a
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE
    a.DTHDT IS DISTINCT FROM whole_day(d.DTHDTC)
    AND (whole_day(d.DTHDTC) IS NOT NULL OR d.DTHDTC IS NULL)
    AND (a.DTHDT IS NULL OR d.DTHDTC IS NOT NULL OR d.DTHFL IS DISTINCT FROM 'Y')
