-- One record per event between first and last dose that is not flagged as treatment-emergent.
-- Words: TRTEMFL is not Y on an event that starts between the first and the last dose
-- Todo: derive TRTEMFL from the start of the event and of treatment
-- Source: OCCDS 1.1 section 3.2 (TRTEMFL)
-- Severity: warning
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, TRTEMFL, ASTDT, AESEQ
SELECT
    'TRTEMFL' AS variable,
    r._row,
    r.ASTDT::VARCHAR AS value
FROM record AS r
LEFT JOIN adam.ADSL AS a ON r.USUBJID = a.USUBJID
LEFT JOIN sdtm.AE AS e ON r.USUBJID = e.USUBJID AND r.AESEQ = e.AESEQ
WHERE
    r.TRTEMFL IS DISTINCT FROM 'Y'
    AND r.ASTDTF IS NULL -- what is imputed may be left out by the analysis plan
    AND (
        r.ASTDT > coalesce(r.TRTSDT, a.TRTSDT)
        -- on the day of first dose the times decide
        OR (length(e.AESTDTC) > 10 AND try_cast(e.AESTDTC AS TIMESTAMP) >= a.TRTSDTM AND r.ASTDT = a.TRTSDT)
    )
    AND r.ASTDT <= coalesce(r.TRTEDT, a.TRTEDT)
