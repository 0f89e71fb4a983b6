-- One record per reason why something was not done that does not say that it was not done.
-- Words: --REASND is given but --STAT is not NOT DONE
-- Todo: fill --STAT, or take the reason away
-- Source: SDTMIG 3.4 section 4.5.1.2; CG0094; CORE-000225
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --REASND, --STAT
SELECT
    $domain || 'STAT' AS variable,
    _row,
    REASND AS value
FROM record
WHERE REASND IS NOT NULL AND STAT IS DISTINCT FROM 'NOT DONE'
