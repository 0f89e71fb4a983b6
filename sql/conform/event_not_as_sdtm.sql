-- One record per value of ADAE that differs from the same variable of its record in AE.
-- Words: {variable} is not the value that AE has
-- Todo: copy the variable from SDTM; what is derived gets a name of its own
-- Source: ADaMIG 1.3 section 3.1.1, rule 3 (same name, same value); OCCDS 1.1 section 3.2
-- Severity: error
-- Standard: ADaM
-- Needs: ADAE.AESEQ, AE.AESEQ
WITH
analysed AS (
    SELECT
        _row,
        USUBJID AS subject,
        AESEQ AS seq,
        COLUMNS('^(USUBJID|EPOCH|AE[A-Z0-9]+)$')::VARCHAR
    FROM adam.ADAE
),

collected AS (
    SELECT
        USUBJID AS subject,
        AESEQ AS seq,
        COLUMNS('^(USUBJID|EPOCH|AE[A-Z0-9]+)$')::VARCHAR
    FROM sdtm.AE
),

analysed_values AS (
    SELECT
        _row,
        subject,
        seq,
        variable,
        value
    FROM analysed UNPIVOT INCLUDE NULLS (value FOR variable IN (COLUMNS(* EXCLUDE (_row, subject, seq))))
),

collected_values AS (
    SELECT
        subject,
        seq,
        variable,
        value
    FROM collected UNPIVOT INCLUDE NULLS (value FOR variable IN (COLUMNS(* EXCLUDE (subject, seq))))
)

SELECT
    'ADAE' AS dataset,
    a.variable,
    a._row,
    a.value
FROM analysed_values AS a
INNER JOIN collected_values AS c USING (subject, seq, variable)
SEMI JOIN meta.variables AS v ON v.dataset = 'ADAE' AND a.variable = v.variable
SEMI JOIN meta.variables AS w ON w.domain = 'AE' AND a.variable = w.variable
WHERE a.value IS DISTINCT FROM c.value
