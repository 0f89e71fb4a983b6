-- One record per subject whose TRTSDT is not the day of the first dose.
-- Words: TRTSDT is not the date of the first dose in EX
-- Todo: derive TRTSDT from the first dose that was received
-- Source: ADaMIG 1.3 section 3.2 (Date of First Exposure to Treatment)
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.TRTSDT, EX.EXSTDTC
WITH
doses AS ( -- of subjects whose every start is known to the day
    SELECT
        USUBJID,
        min(whole_day(EXSTDTC)) AS first_day
    FROM sdtm.EX
    WHERE coalesce(EXDOSE, 1) > 0 OR contains(upper(EXTRT), 'PLACEBO')
    GROUP BY USUBJID
    HAVING count(*) = count(whole_day(EXSTDTC))
)

SELECT
    'ADSL' AS dataset,
    'TRTSDT' AS variable,
    a._row,
    a.TRTSDT::VARCHAR AS value
FROM adam.ADSL AS a
INNER JOIN doses AS d USING (USUBJID)
WHERE a.TRTSDT IS DISTINCT FROM d.first_day
