-- One record per record flagged for analysis without an analysis visit.
-- Words: ANL01FL is Y on a record without AVISIT
-- Todo: flag only records of an analysis visit, or give the record its visit
-- Source: ADaMIG 1.3 section 3.3 (AVISIT) and (ANLzzFL)
-- Severity: warning
-- Standard: ADaM
-- Each: dataset
-- Needs: ANL01FL, AVISIT
SELECT
    'ANL01FL' AS variable,
    _row,
    ANL01FL AS value
FROM record
WHERE ANL01FL = 'Y' AND AVISIT IS NULL
