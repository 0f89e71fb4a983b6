-- One record per medication that ended long before informed consent.
-- Query: {CMTRT} ended on {value}, more than {days} days before informed consent on {RFICDTC}. Please check
--   the date, or move it to the prior medication.
-- Source: the protocol: how far back medication is asked for
-- Severity: warning
-- Needs: cm.CMENDAT, dm.RFICDAT
-- Threshold: days = 365; days before consent from which medication is collected
SELECT
    c.*,
    'CMENDAT' AS variable,
    c.CMENDAT AS value,
    $days AS days,
    d.RFICDTC
FROM form.cm AS c
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE date_diff('day', whole_day(c.CMENDAT), whole_day(d.RFICDTC)) > $days
