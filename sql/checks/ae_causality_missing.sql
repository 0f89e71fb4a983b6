-- One record per adverse event without a causality.
-- Query: The relationship of {AETERM} to the study treatment is blank. Please enter the investigator's
--   judgement.
-- Source: ICH E2A section III A: causality is judged for each event
-- Severity: error
-- Needs: ae.AEREL
SELECT
    a.*,
    'AEREL' AS variable,
    NULL AS value
FROM form.ae AS a
WHERE a.AEREL IS NULL
