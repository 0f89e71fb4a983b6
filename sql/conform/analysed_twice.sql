-- One record per record flagged for analysis beyond the first of its visit.
-- Words: ANL01FL is Y on more than one record of the subject, parameter and visit
-- Todo: flag one record per subject, parameter, visit and time point
-- Source: ADaMIG 1.3 section 3.3 (ANLzzFL) and section 4.4
-- Severity: warning
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, PARAMCD, ANL01FL, AVISIT
WITH
numbered AS (
    SELECT
        _row,
        ANL01FL,
        row_number() OVER (
            PARTITION BY USUBJID, PARAMCD, AVISIT, APERIOD, APHASE, ATPT, BASETYPE, DTYPE ORDER BY _row
        ) AS nth
    FROM record
    WHERE ANL01FL = 'Y' AND AVISIT IS NOT NULL
)

SELECT
    'ANL01FL' AS variable,
    _row,
    ANL01FL AS value
FROM numbered
QUALIFY nth > 1 AND avg((nth > 1)::INTEGER) OVER () <= 0.3 -- else the flag is not about one record per visit
