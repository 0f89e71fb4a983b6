-- One record per occurrence flag on an event that is not treatment-emergent.
-- Words: {variable} is Y on an event that is not treatment-emergent
-- Todo: flag only treatment-emergent events
-- Source: OCCDS 1.1 section 3.2 (occurrence flags)
-- Severity: warning
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, ASTDT, TRTEMFL, AEBODSYS, AEDECOD, AOCCFL or AOCCSFL or AOCCPFL or AOCCIFL or AOCCSIFL or
--   AOCCPIFL
-- Classes: OCCURRENCE DATA STRUCTURE
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
),

flags AS (
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
)

SELECT
    flag AS variable,
    _row,
    value
FROM flags
WHERE value = 'Y'
QUALIFY
    emerged IS NOT TRUE
    -- else the flag is about all events
    AND avg((emerged IS NOT TRUE)::INTEGER) OVER (PARTITION BY flag) <= 0.2
