-- One record per record with a toxicity and no grade.
-- Words: a toxicity is named without its grade
-- Todo: fill the grade
-- Source: SDTMIG 3.4 section 6.2.1; CG0428; CORE-000102
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --TOX, --TOXGR
SELECT
    $domain || 'TOXGR' AS variable,
    _row,
    TOX AS value
FROM record
WHERE TOX IS NOT NULL AND TOXGR IS NULL
