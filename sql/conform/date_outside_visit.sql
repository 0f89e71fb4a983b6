-- One record per result that is dated outside the days of its visit.
-- Words: {variable} is outside the days of the visit in SV
-- Todo: correct the date or the visit, or derive SV again: a visit lasts from its first to its last record
-- Source: SDTMIG 3.4 section 5.5
-- Severity: note
-- Standard: SDTM
-- Each: dataset
-- Needs: VISITNUM, --DTC, SV.VISITNUM, SV.SVSTDTC, SV.SVENDTC
-- Classes: FINDINGS
SELECT
    $domain || 'DTC' AS variable,
    r._row,
    r.records,
    r.day AS value
FROM (
    SELECT
        USUBJID,
        VISITNUM,
        left(DTC, 10) AS day,
        min(_row) AS _row,
        sum(records) AS records
    FROM moment
    WHERE VISITNUM IS NOT NULL AND DTC IS NOT NULL
    GROUP BY ALL
) AS r
INNER JOIN sdtm.SV AS s ON r.USUBJID = s.USUBJID AND round(r.VISITNUM, 6) = round(s.VISITNUM, 6)
GROUP BY r._row, r.records, r.day
HAVING bool_and(is_before(r.day, s.SVSTDTC) OR is_before(s.SVENDTC, r.day))
