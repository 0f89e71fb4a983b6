-- One record per record without a dictionary term where most records of the dataset have one.
-- Words: {variable} is missing, although most records have one
-- Todo: code the reported term, or say in the reviewer's guide why it has no term
-- Source: SDTMIG 3.4 section 4.2.6
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: --DECOD
-- Classes: EVENTS, INTERVENTIONS
SELECT
    $domain || 'DECOD' AS variable,
    _row
FROM record
QUALIFY DECOD IS NULL AND avg((DECOD IS NOT NULL)::INTEGER) OVER () > 0.5
