-- One record per screen failure who was treated.
-- Query: The disposition says screen failure on {DSSTDAT}, but a first dose is recorded on {RFXSTDTC}.
--   Please check the disposition, and whether the dose belongs to this subject.
-- Source: disposition against exposure
-- Severity: error
-- Needs: ds.DSDECOD, ex or ec
SELECT
    s.*,
    'DSDECOD' AS variable,
    s.DSDECOD AS value,
    d.RFXSTDTC
FROM form.ds AS s
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE s.DSDECOD = 'SCREEN FAILURE' AND d.RFXSTDTC IS NOT NULL
