-- One record per result whose indicator contradicts its reference range.
-- Words: --NRIND is {cause}, which the result and its reference range contradict
-- Todo: derive --NRIND again, or correct the range
-- Source: SDTMIG 3.4 section 6.3.5.6
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: --NRIND, --STRESN, --STNRLO or --STNRHI
SELECT
    $domain || 'NRIND' AS variable,
    _row,
    NRIND AS cause,
    STRESC AS value
FROM record
-- one in a hundred is rounding: the indicator may come from the original unit
WHERE
    NRIND IN ('HIGH', 'HIGH HIGH') AND STRESN < STNRHI - 0.01 * abs(STNRHI)
    OR NRIND IN ('LOW', 'LOW LOW') AND STRESN > STNRLO + 0.01 * abs(STNRLO)
    OR NRIND = 'NORMAL' AND (STRESN > STNRHI + 0.01 * abs(STNRHI) OR STRESN < STNRLO - 0.01 * abs(STNRLO))
