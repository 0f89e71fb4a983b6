-- One record per analysis date that contradicts the date of the SDTM record.
-- Words: {variable} is {value}, and the SDTM record says another date
-- Todo: take the date from SDTM; impute only the parts that it does not have
-- Source: ADaMIG 1.3 section 3.1.2; OCCDS 1.1 section 3.2
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, ASTDT or AENDT, AESEQ or CMSEQ or MHSEQ
-- Classes: OCCURRENCE DATA STRUCTURE
WITH
collected AS (
    SELECT
        'ADAE' AS dataset,
        USUBJID,
        AESEQ AS seq,
        AESTDTC AS stdtc,
        AEENDTC AS endtc
    FROM sdtm.AE
    UNION ALL
    SELECT
        'ADCM' AS dataset,
        USUBJID,
        CMSEQ AS seq,
        CMSTDTC AS stdtc,
        CMENDTC AS endtc
    FROM sdtm.CM
    UNION ALL
    SELECT
        'ADMH' AS dataset,
        USUBJID,
        MHSEQ AS seq,
        MHSTDTC AS stdtc,
        MHENDTC AS endtc
    FROM sdtm.MH
),

numbered AS (
    SELECT
        _row,
        USUBJID AS subject,
        ASTDT AS started,
        ASTDTF AS started_flag,
        AENDT AS ended,
        AENDTF AS ended_flag,
        COLUMNS('^(USUBJID|AESEQ|CMSEQ|MHSEQ)$')::VARCHAR
    FROM record
),

dates AS (
    SELECT
        n._row,
        d.variable,
        d.day,
        d.flag,
        d.dtc
    FROM (
        SELECT
            _row,
            subject,
            started,
            started_flag,
            ended,
            ended_flag,
            try_cast(value AS DOUBLE) AS seq
        FROM numbered UNPIVOT (
            value FOR key IN (COLUMNS(* EXCLUDE (_row, subject, started, started_flag, ended, ended_flag)))
        )
        WHERE key = $dataset[3:] || 'SEQ'
    ) AS n
    INNER JOIN collected AS c ON c.dataset = $dataset AND n.subject = c.USUBJID AND n.seq = c.seq
    CROSS JOIN
        LATERAL (
            VALUES ('ASTDT', n.started, n.started_flag, c.stdtc), ('AENDT', n.ended, n.ended_flag, c.endtc)
        ) AS d (variable, day, flag, dtc)
)

SELECT
    variable,
    _row,
    day::VARCHAR AS value
FROM dates
WHERE NOT starts_with(day::VARCHAR, left(regexp_extract(dtc, '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?'), 10))
