-- One record per record whose date contradicts what it says about the study reference period.
-- Words: {variable} contradicts the relation to the reference period: '{cause}'
-- Todo: correct the date or the relation; with a date the relation is not needed
-- Source: SDTMIG 3.4 section 4.4.7
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --STRF or --ENRF, DM.RFSTDTC
SELECT
    $domain || 'STDTC' AS variable,
    r._row,
    r.STRF AS cause,
    r.STDTC AS value
FROM record AS r
INNER JOIN sdtm.DM AS d ON r.USUBJID = d.USUBJID
WHERE
    r.STRF = 'BEFORE' AND is_before(d.RFSTDTC, r.STDTC)
    OR r.STRF IN ('DURING', 'DURING/AFTER', 'AFTER') AND is_before(r.STDTC, d.RFSTDTC)
    OR r.STRF = 'AFTER' AND is_before(r.STDTC, d.RFENDTC)
UNION ALL
SELECT
    $domain || 'ENDTC' AS variable,
    r._row,
    r.ENRF AS cause,
    r.ENDTC AS value
FROM record AS r
INNER JOIN sdtm.DM AS d ON r.USUBJID = d.USUBJID
WHERE
    r.ENRF = 'BEFORE' AND is_before(d.RFSTDTC, r.ENDTC)
    OR r.ENRF IN ('DURING', 'DURING/AFTER', 'AFTER') AND is_before(r.ENDTC, d.RFSTDTC)
    OR r.ENRF = 'AFTER' AND is_before(r.ENDTC, d.RFENDTC)
