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
groups AS (
    SELECT
        flag,
        min(_row) FILTER (WHERE emerged) AS _row,
        count(*) FILTER (WHERE emerged) AS emerged_ones,
        count(*) FILTER (WHERE value = 'Y') AS flagged_ones
    FROM occurrence_flag
    WHERE kind IS NOT NULL
    GROUP BY flag, subject, kind
)

SELECT
    flag AS variable,
    _row
FROM groups
WHERE emerged_ones > 0
QUALIFY flagged_ones = 0 AND avg((flagged_ones = 0)::INTEGER) OVER (PARTITION BY flag) <= 0.5
