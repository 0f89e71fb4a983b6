-- One record per dose in an epoch that its subject had left.
-- Words: the dose is after the subject's disposition event of the same epoch
-- Todo: correct the date of the dose or of the disposition, or the epoch
-- Source: SDTMIG 3.4 sections 6.1.3 and 6.2.4
-- Severity: warning
-- Standard: SDTM
-- Needs: EX.EPOCH, EX.EXSTDTC, DS.EPOCH, DS.DSSTDTC, DS.DSCAT
WITH
departures AS (
    SELECT
        USUBJID,
        EPOCH,
        max(DSSTDTC) AS day
    FROM sdtm.DS
    WHERE DSCAT = 'DISPOSITION EVENT'
    GROUP BY USUBJID, EPOCH
)

SELECT
    e._dataset AS dataset,
    'EXSTDTC' AS variable,
    e._row,
    e.EXSTDTC AS value
FROM sdtm.EX AS e
INNER JOIN departures AS d ON e.USUBJID = d.USUBJID AND e.EPOCH = d.EPOCH
WHERE is_before(d.day, e.EXSTDTC)
