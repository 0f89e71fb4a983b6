-- One record per completed period whose last planned visit did not take place.
-- Query: The period {EPOCH} is recorded as completed on {DSSTDTC}, but its last visit, {LAST_VISIT}, is not
--   there. Please enter the visit, or check the disposition.
-- Source: the protocol's schedule; disposition against visits
-- Severity: error
-- Needs: ds.DSDECOD, ds.EPOCH
WITH
last_visits AS ( -- last planned visit of each period
    SELECT
        v.ARMCD,
        v.EPOCH,
        arg_max(v.VISIT, v.VISITDY) AS LAST_VISIT,
        arg_max(v.VISITNUM, v.VISITDY) AS last_visitnum
    FROM study.visits AS v
    WHERE v.VISITDY IS NOT NULL
    GROUP BY v.ARMCD, v.EPOCH
)

SELECT
    s.*,
    'DS' AS dataset,
    s.DSSEQ AS SEQ,
    'DSDECOD' AS variable,
    s.DSDECOD AS value,
    l.LAST_VISIT
FROM sdtm.DS AS s
INNER JOIN sdtm.DM AS d USING (USUBJID)
INNER JOIN last_visits AS l ON s.EPOCH = l.EPOCH AND (l.ARMCD IS NULL OR d.ARMCD = l.ARMCD)
WHERE
    s.DSCAT = 'DISPOSITION EVENT' AND s.DSDECOD = 'COMPLETED'
    AND NOT EXISTS (
        SELECT 1 FROM sdtm.SV AS x
        WHERE x.USUBJID = s.USUBJID AND x.VISITNUM = l.last_visitnum
    )
