-- One record per subject whose date of consent is not that of DM.
-- Words: RFICDT is not RFICDTC of DM
-- Todo: derive RFICDT from RFICDTC
-- Source: ADaMIG 1.3 section 3.2 (Date of Informed Consent)
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.RFICDT, DM.RFICDTC
SELECT
    'ADSL' AS dataset,
    'RFICDT' AS variable,
    a._row,
    a.RFICDT::VARCHAR AS value
FROM adam.ADSL AS a
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE a.RFICDT IS DISTINCT FROM whole_day(d.RFICDTC) AND whole_day(d.RFICDTC) IS NOT NULL
