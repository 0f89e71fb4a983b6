-- One record per imputed date whose flag does not say what was imputed.
-- Words: {variable} is not {cause}, the part that SDTM does not have
-- Todo: set the flag to D, M or Y: the highest part of the date that was imputed
-- Source: ADaMIG 1.3 section 3.1.3, rule 5 (DATEFL)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, ASTDTF or AENDTF, AESEQ or CMSEQ or MHSEQ
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
,

expected AS (
    SELECT
        *,
        CASE
            WHEN day IS NULL OR regexp_matches(dtc, '^[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN ''
            WHEN regexp_matches(dtc, '^[0-9]{4}-[0-9]{2}') THEN 'D'
            WHEN regexp_matches(dtc, '^[0-9]{4}') THEN 'M'
            ELSE 'Y'
        END AS due
    FROM dates
)

SELECT
    variable || 'F' AS variable,
    CASE WHEN due = '' THEN 'missing' ELSE due END AS cause,
    _row,
    flag AS value
FROM expected
WHERE coalesce(flag, '') <> due AND day IS NOT NULL
