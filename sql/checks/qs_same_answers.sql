-- One record per DLQI that repeats every answer of the one before it although the score is not 0.
-- Query: All answers at {VISIT} are those of {BEFORE_ON}, with a score above 0. Was the questionnaire copied?
-- Source: data integrity: a questionnaire is filled in anew
-- Severity: warning
-- Needs: dlqi.01, dlqi.10
-- Threshold: days = 7; days apart within which two are compared at all
WITH
answers AS ( -- all answers as one text, with the one before
    SELECT
        q.*,
        concat_ws(
            '|', q."01", q."02", q."03", q."04", q."05", q."06", q."07", q."07A", q."08", q."09", q."10"
        ) AS said,
        lag(said) OVER subject AS said_before,
        lag(q.QSDAT) OVER subject AS BEFORE_ON
    FROM form.dlqi AS q
    WHERE length(q.QSDAT) >= 10
    WINDOW subject AS (PARTITION BY q.USUBJID ORDER BY q.QSDAT, q._file, q._row)
)

SELECT
    a.*,
    'QSDAT' AS variable,
    a.QSDAT AS value
FROM answers AS a
WHERE
    a.said = a.said_before
    AND date_diff('day', whole_day(a.BEFORE_ON), whole_day(a.QSDAT)) <= $days
    AND regexp_matches(a.said, 'LITTLE|LOT|VERY MUCH|YES')
