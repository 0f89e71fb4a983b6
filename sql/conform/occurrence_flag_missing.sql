-- One record per subject (body system, term) with a treatment-emergent event and without an occurrence
-- flag.
-- Words: {variable} is on no record of the subject (or of its body system, or term)
-- Todo: flag the first, or the worst, treatment-emergent event
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

,

groups AS (
    SELECT
        flag,
        min(_row) FILTER (WHERE emerged) AS _row,
        count(*) FILTER (WHERE emerged) AS emerged_ones,
        count(*) FILTER (WHERE value = 'Y') AS flagged_ones
    FROM flags
    WHERE kind IS NOT NULL
    GROUP BY flag, subject, kind
)

SELECT
    flag AS variable,
    _row
FROM groups
WHERE emerged_ones > 0
QUALIFY flagged_ones = 0 AND avg((flagged_ones = 0)::INTEGER) OVER (PARTITION BY flag) <= 0.5
