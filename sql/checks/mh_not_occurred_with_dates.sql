-- One record per condition that did not occur and has a date.
-- Query: {MHTERM} is answered as not occurred but has the start date {MHSTDAT} and the end date {MHENDAT}.
--   Please check the answer and the dates.
-- Source: skip logic: dates are asked only of what occurred
-- Severity: error
-- Needs: mh.MHOCCUR, mh.MHSTDAT
SELECT
    m.*,
    'MHOCCUR' AS variable,
    m.MHOCCUR AS value
FROM form.mh AS m
WHERE m.MHOCCUR = 'N' AND coalesce(m.MHSTDAT, m.MHENDAT) IS NOT NULL
