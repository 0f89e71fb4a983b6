-- One record per record that relates to a reference period that its subject has not.
-- Words: {variable} is given but the subject has no such reference date in DM
-- Todo: derive RFSTDTC and RFENDTC, or take the relation away
-- Source: SDTMIG 3.4 section 4.4.7; CG0226; CG0227; CORE-000177; CORE-000262
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --STRF or --ENRF, DM.RFSTDTC
SELECT
    $domain || if(r.STRF IS NOT NULL AND d.RFSTDTC IS NULL, 'STRF', 'ENRF') AS variable,
    r._row
FROM record AS r
INNER JOIN sdtm.DM AS d ON r.USUBJID = d.USUBJID
WHERE
    r.STRF IS NOT NULL AND d.RFSTDTC IS NULL
    OR r.ENRF IS NOT NULL AND d.RFENDTC IS NULL AND d.RFSTDTC IS NULL
