-- One record per record with an occurrence flag beyond the first that it may have.
-- Words: {variable} is Y on more than one record of the subject (or of its body system, or term)
-- Todo: flag one record per subject, body system or term
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
    value
FROM occurrence_flag
WHERE value = 'Y'
QUALIFY row_number() OVER (PARTITION BY flag, subject, kind ORDER BY _row) > 1
