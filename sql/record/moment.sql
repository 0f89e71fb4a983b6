-- One record per different moment of a dataset's records, with how many records are of it and the first of
-- them: of a million results there are some ten thousand.
SELECT
    USUBJID,
    EPOCH,
    VISITNUM,
    VISIT,
    VISITDY,
    DTC,
    STDTC,
    ENDTC,
    DY,
    STDY,
    ENDY,
    min(_row) AS _row,
    count(*) AS records
FROM record
GROUP BY ALL
