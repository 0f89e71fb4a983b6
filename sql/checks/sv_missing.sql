-- One record per planned visit that did not take place although a later one did.
-- Query: {value} is not there, but the later visit {LATER} took place on {LATER_ON}. Please enter the
--   visit, or that it was missed.
-- Source: the protocol's schedule
-- Severity: warning
-- Needs: dm.ARMCD, ex or ec
WITH
last_seen AS ( -- last planned visit of each treated subject that took place
    SELECT
        s.USUBJID,
        max(s.VISITDY) AS last_day,
        arg_max(s.VISIT, s.VISITDY) AS LATER,
        arg_max(s.SVSTDTC, s.VISITDY) AS LATER_ON
    FROM sdtm.SV AS s
    WHERE s.VISITDY IS NOT NULL
    GROUP BY s.USUBJID
)

SELECT
    d.USUBJID,
    'DM' AS dataset,
    'VISIT' AS variable,
    v.VISIT AS value,
    l.LATER,
    left(l.LATER_ON, 10) AS LATER_ON
FROM sdtm.DM AS d
INNER JOIN last_seen AS l USING (USUBJID)
INNER JOIN study.visits AS v ON v.VISITDY < l.last_day AND (v.ARMCD IS NULL OR v.ARMCD = d.ARMCD)
WHERE
    d.RFXSTDTC IS NOT NULL
    AND NOT EXISTS (
        SELECT 1 FROM sdtm.SV AS s
        WHERE s.USUBJID = d.USUBJID AND s.VISITNUM = v.VISITNUM
    )
