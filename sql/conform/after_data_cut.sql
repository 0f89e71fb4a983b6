-- One record per date that is after the data cutoff of the trial summary, or after the study's end.
-- Words: {variable} has dates after {cause} of the trial summary, such as {value}
-- Todo: cut the data at the cutoff, or correct the date
-- Source: SDTMIG 3.4 section 7.4.2
-- Severity: warning
-- Standard: SDTM
-- Needs: TS.TSVAL
WITH
ends AS (
    SELECT
        TSPARMCD,
        max(TSVAL) AS day
    FROM sdtm.TS
    WHERE TSPARMCD IN ('DCUTDTC', 'SENDTC')
    GROUP BY TSPARMCD
),

last_day AS (
    SELECT
        arg_max(TSPARMCD, day) AS parameter,
        max(day) AS day
    FROM ends
)

SELECT
    v.dataset,
    v.variable,
    l.parameter AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
CROSS JOIN last_day AS l
WHERE
    v.standard = 'SDTM'
    AND (v.stem IN ('--DTC', '--STDTC', '--ENDTC') OR v.domain = 'DM' AND v.variable LIKE '%DTC')
    AND is_before(l.day, v.value)
