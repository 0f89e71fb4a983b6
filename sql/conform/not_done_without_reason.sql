-- One record per test that was not done for no reason that is told.
-- Words: --STAT is NOT DONE but {variable} is missing
-- Todo: ask the site for the reason
-- Source: SDTMIG 3.4 section 4.5.1.2; FDA Business Rule FB4202; CORE-000774
-- Severity: note
-- Standard: SDTM
-- Each: dataset
-- Needs: --STAT
SELECT
    $domain || 'REASND' AS variable,
    _row
FROM record
WHERE STAT = 'NOT DONE' AND REASND IS NULL
