-- One record per fever for which no adverse event of fever is recorded.
-- Query: The body temperature was {value} C on {VSDTC}, but no adverse event of fever is recorded for that
--   day. Please check the temperature, or enter the event.
-- Source: ICH E2A: any untoward medical occurrence is an adverse event
-- Severity: warning
-- Needs: vs.VSORRES, ae
-- Threshold: fever = 38; degrees Celsius from which it is one
-- Threshold: days = 1; days by which the event may begin before or after
SELECT
    v.*,
    'VS' AS dataset,
    v.VSSEQ AS SEQ,
    'VSORRES' AS variable,
    v.VSTESTCD AS test,
    v.VSTPTNUM::INTEGER::VARCHAR AS point,
    v.VSSTRESN AS value
FROM sdtm.VS AS v
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE
    v.VSTESTCD = 'TEMP' AND v.VSSTRESN BETWEEN $fever AND 42
    AND whole_day(v.VSDTC) >= whole_day(d.RFICDTC)
    AND NOT EXISTS (
        SELECT 1
        FROM sdtm.AE AS a
        WHERE
            a.USUBJID = v.USUBJID
            AND regexp_matches(concat_ws(' ', a.AEDECOD, a.AELLT, a.AETERM), 'fever|pyrexia|febrile', 'i')
            AND (
                whole_day(a.AESTDTC) IS NULL
                OR whole_day(v.VSDTC)
                BETWEEN whole_day(a.AESTDTC) - $days::INTEGER
                AND coalesce(whole_day(a.AEENDTC), whole_day(a.AESTDTC)) + $days::INTEGER
            )
    )
