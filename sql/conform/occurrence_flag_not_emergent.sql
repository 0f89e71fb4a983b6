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
SELECT
    flag AS variable,
    _row,
    value
FROM occurrence_flag
WHERE value = 'Y'
QUALIFY
    emerged IS NOT TRUE
    -- else the flag is about all events
    AND avg((emerged IS NOT TRUE)::INTEGER) OVER (PARTITION BY flag) <= 0.2
