-- One record per record flagged as the first occurrence that is not the first.
-- Words: {variable} is Y on a record that is not the first of the subject (or of its body system, or term)
-- Todo: flag the record that starts first
-- Source: OCCDS 1.1 section 3.2 (occurrence flags)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, ASTDT, TRTEMFL, AEBODSYS, AEDECOD, AOCCFL or AOCCSFL or AOCCPFL or AOCCIFL or AOCCSIFL or
--   AOCCPIFL
-- Classes: OCCURRENCE DATA STRUCTURE
SELECT
    flag AS variable,
    _row,
    started::VARCHAR AS value
FROM occurrence_flag
WHERE flag IN ('AOCCFL', 'AOCCSFL', 'AOCCPFL')
QUALIFY
    value = 'Y'
    AND emerged
    AND started > min(started) FILTER (WHERE emerged) OVER (PARTITION BY flag, subject, kind)
