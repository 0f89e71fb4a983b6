-- One record per answer to a question that was not asked.
-- Words: --OCCUR is given but --PRESP is not Y
-- Todo: set --PRESP to Y where the term was on the form; else take --OCCUR away
-- Source: SDTMIG 3.4 section 4.5.7; CG0087; CG0089; CORE-000014; CORE-000016
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --OCCUR
-- Classes: EVENTS, INTERVENTIONS
SELECT
    $domain || 'PRESP' AS variable,
    _row,
    OCCUR AS value
FROM record
WHERE OCCUR IS NOT NULL AND PRESP IS DISTINCT FROM 'Y'
