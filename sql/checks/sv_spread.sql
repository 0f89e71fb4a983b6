-- One record per planned visit whose forms are dated far apart.
-- Query: The forms of {VISIT} are dated from {SVSTDTC} to {value}. Please check these dates.
-- Source: one visit, one time
-- Severity: warning
-- Needs: dm.RFICDAT
-- Threshold: days = 7; days between first and last form of a visit
SELECT
    v._source,
    v._file,
    v._row,
    v.variable,
    s.*,
    left(s.SVENDTC, 10) AS value
FROM sdtm.SV AS s
INNER JOIN form.visit AS v
    ON s.USUBJID = v.USUBJID AND s.VISIT = v.VISIT AND left(s.SVENDTC, 10) = left(v.DTC, 10)
WHERE date_diff('day', whole_day(s.SVSTDTC), whole_day(s.SVENDTC)) > $days AND s.VISITDY > 0
QUALIFY row_number() OVER (PARTITION BY s.USUBJID, s.VISITNUM ORDER BY v._source, v._file, v._row) = 1
