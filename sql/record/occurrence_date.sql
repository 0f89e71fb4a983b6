-- One record per start and end of an occurrence that SDTM has: the analysis date, its imputation flag, and
-- what was collected.
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
)

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
