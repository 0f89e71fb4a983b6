-- One record per planned visit on the day of another planned visit.
-- Query: {VISIT} and {OTHER} are both dated {value}. Please check the dates of both visits.
-- Source: the protocol's schedule
-- Severity: warning
-- Needs: dm.RFICDAT
SELECT
    v._source,
    v._file,
    v._row,
    v.variable,
    s.*,
    left(s.SVSTDTC, 10) AS value,
    o.VISIT AS OTHER
FROM sdtm.SV AS s
INNER JOIN sdtm.SV AS o ON s.USUBJID = o.USUBJID AND left(s.SVSTDTC, 10) = left(o.SVSTDTC, 10)
INNER JOIN form.visit AS v
    ON s.USUBJID = v.USUBJID AND s.VISIT = v.VISIT AND left(s.SVSTDTC, 10) = left(v.DTC, 10)
WHERE
    o.VISITNUM < s.VISITNUM AND s.VISITDY IS NOT NULL AND o.VISITDY IS NOT NULL
    AND length(s.SVSTDTC) >= 10
    AND s.VISITDY - o.VISITDY > 7
QUALIFY
    row_number() OVER (PARTITION BY s.USUBJID, s.VISITNUM ORDER BY o.VISITNUM, v._source, v._file, v._row) = 1
