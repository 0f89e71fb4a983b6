-- One record per disposition or milestone without a date.
-- Query: {DSDECOD} has no date. Please enter it.
-- Source: SDTMIG 3.4 DS, DSSTDTC
-- Severity: error
-- Needs: ds.DSSTDAT
SELECT
    s.*,
    'DSSTDAT' AS variable,
    NULL AS value
FROM form.ds AS s
WHERE s.DSSTDAT IS NULL
