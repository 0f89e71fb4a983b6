-- One record per record with the number of a time point and no name, or a name and no number.
-- Words: of the number and the name of the time point one is missing: {variable}
-- Todo: fill {variable}
-- Source: SDTMIG 3.4 section 4.4.10; CG0091; CG0468; CORE-000026; CORE-000166
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --TPT, --TPTNUM
SELECT
    $domain || if(TPT IS NULL, 'TPT', 'TPTNUM') AS variable,
    _row
FROM record
WHERE (TPT IS NULL) <> (TPTNUM IS NULL)
