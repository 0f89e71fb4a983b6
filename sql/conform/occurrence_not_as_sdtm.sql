-- One record per value of an occurrence dataset that differs from the same variable of its SDTM record.
-- Words: {variable} is not the value that the SDTM record has
-- Todo: copy the variable from SDTM; what is derived gets a name of its own
-- Source: ADaMIG 1.3 section 3.1.1, rule 3 (same name, same value); OCCDS 1.1 section 3.2
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, AESEQ or CMSEQ or MHSEQ
-- Classes: OCCURRENCE DATA STRUCTURE
WITH
analysed AS (
    SELECT
        _row,
        USUBJID AS subject,
        COLUMNS('^(USUBJID|EPOCH|(AE|CM|MH)[A-Z0-9]+)$')::VARCHAR
    FROM record
),

collected AS (
    SELECT
        USUBJID AS subject,
        COLUMNS('^(USUBJID|EPOCH|AE[A-Z0-9]+)$')::VARCHAR
    FROM sdtm.AE
    WHERE $dataset = 'ADAE'
    UNION ALL BY NAME
    SELECT
        USUBJID AS subject,
        COLUMNS('^(USUBJID|EPOCH|CM[A-Z0-9]+)$')::VARCHAR
    FROM sdtm.CM
    WHERE $dataset = 'ADCM'
    UNION ALL BY NAME
    SELECT
        USUBJID AS subject,
        COLUMNS('^(USUBJID|EPOCH|MH[A-Z0-9]+)$')::VARCHAR
    FROM sdtm.MH
    WHERE $dataset = 'ADMH'
),

analysed_values AS (
    SELECT
        _row,
        subject,
        variable,
        value
    FROM analysed UNPIVOT INCLUDE NULLS (value FOR variable IN (COLUMNS(* EXCLUDE (_row, subject))))
),

analysed_keys AS (
    SELECT
        _row,
        try_cast(value AS DOUBLE) AS seq
    FROM analysed_values
    WHERE variable = $dataset[3:] || 'SEQ'
),

collected_numbered AS (
    SELECT
        *,
        row_number() OVER () AS n
    FROM collected
),

collected_values AS (
    SELECT
        n,
        subject,
        variable,
        value
    FROM collected_numbered UNPIVOT INCLUDE NULLS (value FOR variable IN (COLUMNS(* EXCLUDE (n, subject))))
),

collected_keys AS (
    SELECT
        n,
        try_cast(value AS DOUBLE) AS seq
    FROM collected_values
    WHERE variable = $dataset[3:] || 'SEQ'
)

SELECT
    a.variable,
    a._row,
    a.value
FROM analysed_values AS a
INNER JOIN analysed_keys AS k ON a._row = k._row
INNER JOIN collected_values AS c ON a.subject = c.subject AND a.variable = c.variable
INNER JOIN collected_keys AS d ON c.n = d.n AND k.seq = d.seq
SEMI JOIN meta.variables AS v ON v.dataset = $dataset AND a.variable = v.variable
SEMI JOIN meta.variables AS w ON w.domain = $dataset[3:] AND a.variable = w.variable
WHERE a.value IS DISTINCT FROM c.value
