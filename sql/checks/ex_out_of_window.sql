-- One record per planned dose that was given outside its window.
-- Query: The dose planned for day {PLANNED} ({VISIT}) was given on {value}, day {DAY}: {LATE} days off.
--   Please check the date, or report the protocol deviation.
-- Source: the protocol's visit windows
-- Severity: warning
-- Needs: ex.VISIT, ex.EXSTDAT
-- Threshold: days = 7; days by which a dose may be early or late
WITH
plan AS ( -- planned day of each visit
    SELECT DISTINCT
        v.VISIT,
        v.VISITDY
    FROM study.visits AS v
    WHERE v.VISITDY > 0
),

days AS ( -- study day of each dose from the subject's first one
    SELECT
        e.*,
        p.VISITDY AS PLANNED,
        1 + date_diff('day', whole_day(d.RFXSTDTC), whole_day(e.EXSTDAT)) AS DAY
    FROM form.ex AS e
    INNER JOIN sdtm.DM AS d USING (USUBJID)
    INNER JOIN plan AS p USING (VISIT)
    WHERE EXISTS (
        SELECT 1 FROM study.doses AS s
        WHERE s.visit = e.VISIT
    )
)

SELECT
    e.*,
    'EXSTDAT' AS variable,
    e.EXSTDAT AS value,
    abs(e.DAY - e.PLANNED) AS LATE
FROM days AS e
WHERE abs(e.DAY - e.PLANNED) > $days
