-- One record per question of a form that has no answer.
-- Words: --PRESP is Y but {variable} is missing and --STAT does not say that it was not done
-- Todo: fill {variable}, or say in --STAT that nobody answered
-- Source: SDTMIG 3.4 section 4.5.7; CG0081; CG0086; CORE-000018; CORE-000117
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --PRESP, --OCCUR
-- Classes: EVENTS, INTERVENTIONS
SELECT
    $domain || 'OCCUR' AS variable,
    _row
FROM record
WHERE PRESP = 'Y' AND OCCUR IS NULL AND STAT IS NULL AND $domain NOT IN ('AE', 'DS', 'DV', 'EX')
