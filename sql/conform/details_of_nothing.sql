-- One record per event or treatment that did not occur and has dates, relations or a dose.
-- Words: --OCCUR is N but {variable} is given
-- Todo: take {variable} away, or correct --OCCUR
-- Source: SDTMIG 3.4 section 4.5.7; CG0101; CG0420; CG0421; CORE-000004; CORE-000240; CORE-000241
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: --OCCUR
-- Classes: EVENTS, INTERVENTIONS
SELECT
    $domain || CASE
        WHEN DOSE > 0 THEN 'DOSE'
        WHEN STRF IS NOT NULL THEN 'STRF'
        WHEN ENRF IS NOT NULL THEN 'ENRF'
        WHEN ENRTPT IS NOT NULL THEN 'ENRTPT'
        WHEN STDTC IS NOT NULL THEN 'STDTC'
        ELSE 'ENDTC'
    END AS variable,
    _row,
    coalesce(STDTC, ENDTC) AS value
FROM record
WHERE
    OCCUR = 'N' AND (
        DOSE > 0 OR STRF IS NOT NULL OR ENRF IS NOT NULL OR ENRTPT IS NOT NULL
        -- a dose that was missed has the day on which it was due
        OR $domain NOT IN ('EC', 'SV') AND (STDTC IS NOT NULL OR ENDTC IS NOT NULL)
    )
