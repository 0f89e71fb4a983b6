-- One record per dose for which another body weight was used than the last one measured.
-- Query: The body weight used for the dose at {VISIT} is {value} kg; the last one measured before is
--   {MEASURED} kg, on {MEASURED_ON}. Please check which one is right, and the dose.
-- Source: a dose per kg follows the subject's weight
-- Severity: error
-- Needs: ex.EXWEIGHT, vs.VSORRES
-- Threshold: percent = 10; difference in percent of the measured weight
WITH
weights AS ( -- one per subject and day
    SELECT
        v.USUBJID,
        whole_day(v.VSDTC) AS weighed_on,
        arg_max(v.VSSTRESN, v.VSSEQ) AS MEASURED
    FROM sdtm.VS AS v
    WHERE v.VSTESTCD = 'WEIGHT' AND v.VSSTRESN IS NOT NULL AND whole_day(v.VSDTC) IS NOT NULL
    GROUP BY v.USUBJID, whole_day(v.VSDTC)
),

doses AS ( -- each with the last weight before it or on its day
    SELECT
        e.*,
        w.MEASURED,
        strftime(w.weighed_on, '%Y-%m-%d') AS MEASURED_ON
    FROM form.ex AS e
    INNER JOIN weights AS w ON e.USUBJID = w.USUBJID AND whole_day(e.EXSTDAT) >= w.weighed_on
    WHERE e.EXWEIGHT IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY e._source, e._file, e._row ORDER BY w.weighed_on DESC) = 1
)

SELECT
    d.*,
    'EXWEIGHT' AS variable,
    d.EXWEIGHT AS value
FROM doses AS d
WHERE 100 * abs(d.EXWEIGHT - d.MEASURED) > $percent * d.MEASURED
