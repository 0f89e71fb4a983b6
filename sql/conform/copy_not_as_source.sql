-- One record per value that a record copied from its source record and that is another there.
-- Words: {variable} is not the value of the source record
-- Todo: copy the variable from the source record; what is derived gets a name of its own
-- Source: ADaMIG 1.3 section 3.1.1, rule 3 (same name, same value) and section 3.3
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, SRCDOM, SRCSEQ
-- Classes: BASIC DATA STRUCTURE
WITH
numbered AS (
    SELECT
        _row,
        USUBJID AS subject,
        SRCDOM AS source,
        SRCSEQ AS seq,
        COLUMNS('^(USUBJID|VISIT|VISITNUM|EXTRT|EPOCH)$')::VARCHAR
    FROM record
    WHERE SRCSEQ IS NOT NULL AND DTYPE IS NULL
),

given AS (
    SELECT
        u._row,
        u.subject,
        u.seq,
        u.variable,
        u.value,
        coalesce(d.domain, u.source) AS source
    FROM (
        SELECT
            _row,
            subject,
            source,
            seq,
            variable,
            value
        FROM numbered UNPIVOT (value FOR variable IN (COLUMNS(* EXCLUDE (_row, subject, source, seq))))
        WHERE variable <> 'USUBJID'
    ) AS u
    LEFT JOIN meta.datasets AS d ON u.source = d.dataset
),

records_of_sdtm AS (
    SELECT
        'EG' AS source,
        USUBJID AS source_subject,
        EGSEQ AS source_seq,
        COLUMNS('^(VISIT|VISITNUM|EXTRT|EPOCH)$')::VARCHAR
    FROM sdtm.EG
    UNION ALL BY NAME
    SELECT
        'EX' AS source,
        USUBJID AS source_subject,
        EXSEQ AS source_seq,
        COLUMNS('^(VISIT|VISITNUM|EXTRT|EPOCH)$')::VARCHAR
    FROM sdtm.EX
    UNION ALL BY NAME
    SELECT
        'FA' AS source,
        USUBJID AS source_subject,
        FASEQ AS source_seq,
        COLUMNS('^(VISIT|VISITNUM|EXTRT|EPOCH)$')::VARCHAR
    FROM sdtm.FA
    UNION ALL BY NAME
    SELECT
        'LB' AS source,
        USUBJID AS source_subject,
        LBSEQ AS source_seq,
        COLUMNS('^(VISIT|VISITNUM|EXTRT|EPOCH)$')::VARCHAR
    FROM sdtm.LB
    UNION ALL BY NAME
    SELECT
        'PC' AS source,
        USUBJID AS source_subject,
        PCSEQ AS source_seq,
        COLUMNS('^(VISIT|VISITNUM|EXTRT|EPOCH)$')::VARCHAR
    FROM sdtm.PC
    UNION ALL BY NAME
    SELECT
        'PE' AS source,
        USUBJID AS source_subject,
        PESEQ AS source_seq,
        COLUMNS('^(VISIT|VISITNUM|EXTRT|EPOCH)$')::VARCHAR
    FROM sdtm.PE
    UNION ALL BY NAME
    SELECT
        'QS' AS source,
        USUBJID AS source_subject,
        QSSEQ AS source_seq,
        COLUMNS('^(VISIT|VISITNUM|EXTRT|EPOCH)$')::VARCHAR
    FROM sdtm.QS
    UNION ALL BY NAME
    SELECT
        'RS' AS source,
        USUBJID AS source_subject,
        RSSEQ AS source_seq,
        COLUMNS('^(VISIT|VISITNUM|EXTRT|EPOCH)$')::VARCHAR
    FROM sdtm.RS
    UNION ALL BY NAME
    SELECT
        'SC' AS source,
        USUBJID AS source_subject,
        SCSEQ AS source_seq,
        COLUMNS('^(VISIT|VISITNUM|EXTRT|EPOCH)$')::VARCHAR
    FROM sdtm.SC
    UNION ALL BY NAME
    SELECT
        'VS' AS source,
        USUBJID AS source_subject,
        VSSEQ AS source_seq,
        COLUMNS('^(VISIT|VISITNUM|EXTRT|EPOCH)$')::VARCHAR
    FROM sdtm.VS
),

collected AS (
    SELECT
        source,
        source_subject,
        source_seq,
        variable,
        value
    FROM records_of_sdtm UNPIVOT (
        value FOR variable IN (COLUMNS(* EXCLUDE (source, source_subject, source_seq)))
    )
)

SELECT
    g.variable,
    g._row,
    g.value
FROM given AS g
INNER JOIN collected AS c
    ON
        g.source = c.source AND g.subject = c.source_subject AND g.seq = c.source_seq
        AND g.variable = c.variable
WHERE g.value <> c.value
