-- One record per subject whose informed consent is of another day in DM than in DS.
-- Words: RFICDTC is not the day of the first informed consent in DS
-- Todo: find out which date is right and correct the other
-- Source: SDTMIG 3.4 section 5.2; CG0068; CG0143; CORE-000363; CORE-000370
-- Severity: error
-- Standard: SDTM
-- Needs: DM.RFICDTC, DS
WITH
consent AS (
    SELECT
        USUBJID,
        min(DSSTDTC) AS day
    FROM sdtm.DS
    WHERE DSDECOD = 'INFORMED CONSENT OBTAINED'
    GROUP BY USUBJID
)

SELECT
    d._dataset AS dataset,
    'RFICDTC' AS variable,
    d._row,
    d.RFICDTC AS value
FROM sdtm.DM AS d
INNER JOIN consent AS c ON d.USUBJID = c.USUBJID
WHERE left(d.RFICDTC, 10) IS DISTINCT FROM left(c.day, 10)
