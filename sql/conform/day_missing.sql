-- One record per study day that is missing although both dates are whole.
-- Words: {variable} is missing although its date and RFSTDTC are whole
-- Todo: derive the study day
-- Source: SDTMIG 3.4 section 4.4.4; FDA Business Rules FB1601, FB1602; CORE-000793; CORE-000853
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: --DY or --STDY or --ENDY, DM.RFSTDTC
WITH
missing AS (
    SELECT
        'DY' AS stem,
        USUBJID,
        _row,
        records,
        whole_day(DTC) AS day
    FROM moment
    WHERE DY IS NULL AND length(DTC) >= 10
    UNION ALL
    SELECT
        'STDY' AS stem,
        USUBJID,
        _row,
        records,
        whole_day(STDTC) AS day
    FROM moment
    WHERE STDY IS NULL AND length(STDTC) >= 10
    UNION ALL
    SELECT
        'ENDY' AS stem,
        USUBJID,
        _row,
        records,
        whole_day(ENDTC) AS day
    FROM moment
    WHERE ENDY IS NULL AND length(ENDTC) >= 10
)

SELECT
    v.variable,
    m._row,
    m.records
FROM missing AS m
INNER JOIN sdtm.DM AS d ON m.USUBJID = d.USUBJID
INNER JOIN meta.variables AS v ON v.dataset = $dataset AND v.stem IN (m.stem, '--' || m.stem)
WHERE m.day IS NOT NULL AND whole_day(d.RFSTDTC) IS NOT NULL
