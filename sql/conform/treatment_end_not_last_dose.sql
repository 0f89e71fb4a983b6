-- One record per subject whose TRTEDT is not the day of the last dose.
-- Words: TRTEDT is not the date of the last dose in EX
-- Todo: derive TRTEDT from the last dose that was received
-- Source: ADaMIG 1.3 section 3.2 (Date of Last Exposure to Treatment)
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.TRTEDT, EX.EXENDTC
WITH
doses AS ( -- of subjects whose every end is known to the day
    SELECT
        USUBJID,
        max(whole_day(EXENDTC)) AS last_day
    FROM sdtm.EX
    WHERE coalesce(EXDOSE, 1) > 0 OR contains(upper(EXTRT), 'PLACEBO')
    GROUP BY USUBJID
    HAVING count(*) = count(whole_day(EXENDTC))
)

SELECT
    'ADSL' AS dataset,
    'TRTEDT' AS variable,
    a._row,
    a.TRTEDT::VARCHAR AS value
FROM adam.ADSL AS a
INNER JOIN doses AS d USING (USUBJID)
WHERE a.TRTEDT IS DISTINCT FROM d.last_day
