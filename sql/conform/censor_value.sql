-- One record per censoring value that is no whole number from 0.
-- Words: CNSR is {value}; 0 is an event, 1 and above a censoring
-- Todo: use 0 for an event and whole numbers from 1 for censoring
-- Source: ADaM BDS for Time-to-Event Analyses 1.0 section 3; ADaMIG 1.3 section 3.3
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: CNSR
SELECT
    'CNSR' AS variable,
    _row,
    printf('%g', CNSR) AS value
FROM record
WHERE CNSR < 0 OR CNSR <> floor(CNSR)
