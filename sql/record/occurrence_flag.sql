-- One record per record and occurrence flag that the dataset has (AOCCFL, AOCCSFL, AOCCPFL, AOCCIFL,
-- AOCCSIFL, AOCCPIFL); `kind`: what it is about, a body system, a term, or the subject ('').
WITH
flagged AS (
    SELECT
        _row,
        USUBJID AS subject,
        ASTDT AS started,
        TRTEMFL = 'Y' AS emerged,
        AEBODSYS AS body_system,
        AEDECOD AS term,
        COLUMNS('^(TRTEMFL|AOCC[SP]?I?FL)$')
    FROM record
)

SELECT
    _row,
    subject,
    started,
    emerged,
    flag,
    value,
    CASE WHEN flag[5] = 'S' THEN body_system WHEN flag[5] = 'P' THEN term ELSE '' END AS kind
FROM flagged UNPIVOT INCLUDE NULLS (
    value FOR flag IN (COLUMNS(* EXCLUDE (_row, subject, started, emerged, body_system, term)))
)
WHERE flag LIKE 'AOCC%'
