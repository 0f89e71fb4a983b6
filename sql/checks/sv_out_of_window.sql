-- One record per planned visit after the first dose outside its window.
-- Query: {VISIT} took place on {value}, day {SVSTDY}; it is planned for day {VISITDY}. Please check the
--   date, or report the protocol deviation.
-- Source: the protocol's visit windows
-- Severity: warning
-- Needs: dm.RFICDAT
-- Threshold: days = 14; days by which a visit may be early or late
SELECT
    v._source,
    v._file,
    v._row,
    v.variable,
    s.*,
    left(s.SVSTDTC, 10) AS value
FROM sdtm.SV AS s
INNER JOIN form.visit AS v
    ON s.USUBJID = v.USUBJID AND s.VISIT = v.VISIT AND left(s.SVSTDTC, 10) = left(v.DTC, 10)
WHERE s.VISITDY > 0 AND abs(s.SVSTDY - s.VISITDY) > $days
QUALIFY row_number() OVER (PARTITION BY s.USUBJID, s.VISITNUM ORDER BY v._source, v._file, v._row) = 1
