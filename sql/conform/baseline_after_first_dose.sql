-- One record per result that is flagged as the last before the first dose and is later than it.
-- Words: --LOBXFL is Y on a result that is dated after the first dose (DM.RFXSTDTC)
-- Todo: flag the last result before the first dose
-- Source: SDTMIG 3.4 section 4.5.9
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --LOBXFL, --DTC, DM.RFXSTDTC
SELECT
    $domain || 'LOBXFL' AS variable,
    r._row,
    r.DTC AS value
FROM record AS r
INNER JOIN sdtm.DM AS d ON r.USUBJID = d.USUBJID
WHERE
    r.LOBXFL = 'Y' AND (
        is_before(d.RFXSTDTC, r.DTC)
        -- of one day: where both have a time
        OR length(r.DTC) >= 16 AND length(d.RFXSTDTC) >= 16 AND left(r.DTC, 16) > left(d.RFXSTDTC, 16)
        AND left(r.DTC, 10) = left(d.RFXSTDTC, 10)
    )
