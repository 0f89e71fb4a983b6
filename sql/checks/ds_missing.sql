-- One record per treated subject whose planned time is long over and who has no disposition.
-- Query: The last planned visit was due on {value}, but no disposition is recorded. Please enter when and
--   how the subject's participation ended.
-- Source: the protocol's schedule; SDTMIG 3.4 DS
-- Severity: warning
-- Needs: ds.DSDECOD, ex or ec
-- Threshold: days = 60; days after the last planned visit by which the disposition should be known
WITH
due AS ( -- day of the last planned visit of each treated subject
    SELECT
        d.USUBJID,
        whole_day(d.RFXSTDTC) + max(v.VISITDY)::INTEGER - 1 AS last_due
    FROM sdtm.DM AS d
    INNER JOIN study.visits AS v ON v.ARMCD IS NULL OR v.ARMCD = d.ARMCD
    WHERE whole_day(d.RFXSTDTC) IS NOT NULL
    GROUP BY d.USUBJID, whole_day(d.RFXSTDTC)
)

SELECT
    u.USUBJID,
    'DM' AS dataset,
    'DSDECOD' AS variable,
    strftime(u.last_due, '%Y-%m-%d') AS value
FROM due AS u
WHERE
    date_diff('day', u.last_due, $delivery::DATE) > $days
    AND NOT EXISTS (
        SELECT 1 FROM sdtm.DS AS s
        WHERE s.USUBJID = u.USUBJID AND s.DSCAT = 'DISPOSITION EVENT'
    )
