-- One record per temperature that rose much between two time points of one day, as before and after an
-- infusion, without an adverse event of fever on that day.
-- Query: The temperature rose from {BEFORE} C ({BEFORE_AT}) to {value} C ({VSTPT}) on {ON_DAY}, but no fever
--   is recorded as an adverse event. Please check both temperatures, or enter the event.
-- Source: the protocol: temperature is measured around each infusion for reactions to it
-- Severity: warning
-- Needs: vs.VSTPTNUM, vs.VSORRES, ae.AESTDAT
-- Threshold: rise = 1.5; degrees Celsius
-- Threshold: fever = 38; from which vs_fever_without_event asks
WITH
temperatures AS ( -- each with the one before it on that day
    SELECT
        v.*,
        left(v.VSDTC, 10) AS ON_DAY,
        lag(v.VSSTRESN) OVER that_day AS BEFORE,
        lag(v.VSTPT) OVER that_day AS BEFORE_AT
    FROM sdtm.VS AS v
    WHERE v.VSTESTCD = 'TEMP' AND v.VSTPTNUM IS NOT NULL AND v.VSSTRESN IS NOT NULL
    WINDOW that_day AS (PARTITION BY v.USUBJID, left(v.VSDTC, 10) ORDER BY v.VSTPTNUM, v.VSSEQ)
)

SELECT
    t.*,
    'VS' AS dataset,
    t.VSSEQ AS SEQ,
    'VSORRES' AS variable,
    t.VSTESTCD AS test,
    t.VSTPTNUM::INTEGER::VARCHAR AS point,
    t.VSSTRESN AS value
FROM temperatures AS t
WHERE
    round(t.VSSTRESN - t.BEFORE, 3) > $rise AND t.VSSTRESN < $fever
    AND NOT EXISTS (
        SELECT 1
        FROM sdtm.AE AS a
        WHERE
            a.USUBJID = t.USUBJID
            AND regexp_matches(
                concat_ws(' ', a.AEDECOD, a.AELLT, a.AETERM), 'fever|pyrexia|febrile|chill', 'i'
            )
            AND NOT coalesce(is_before(a.AESTDTC, t.ON_DAY), FALSE)
            AND NOT coalesce(is_before(t.ON_DAY, a.AESTDTC), FALSE)
    )
