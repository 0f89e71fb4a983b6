-- One record per serious event that was reported late.
-- Query: {AETERM} started on {AESTDAT} and was reported on {value}, {LATE} days later. Please check both
--   dates, or explain the delay.
-- Source: the protocol's reporting period; ICH E6(R2) 4.11.1: immediately
-- Severity: warning
-- Needs: sae.SAEDAT
-- Threshold: days = 14; days from the start of an event to its report
WITH
reports AS ( -- with the days from start to report
    SELECT
        s.*,
        date_diff('day', whole_day(s.AESTDAT), whole_day(s.SAEDAT)) AS LATE
    FROM form.sae AS s
)

SELECT
    r.*,
    'SAEDAT' AS variable,
    r.SAEDAT AS value
FROM reports AS r
WHERE r.LATE > $days
