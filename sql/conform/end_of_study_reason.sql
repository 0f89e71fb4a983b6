-- One record per subject whose reason for leaving the study does not go with the status.
-- Words: DCSREAS and EOSSTT contradict each other: {cause}
-- Todo: DCSREAS is filled for DISCONTINUED, and for no other status
-- Source: ADaMIG 1.3 section 3.2
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.EOSSTT, ADSL.DCSREAS
SELECT
    'ADSL' AS dataset,
    'DCSREAS' AS variable,
    CASE
        WHEN DCSREAS IS NULL THEN 'DISCONTINUED without a reason'
        ELSE 'a reason without DISCONTINUED'
    END AS cause,
    _row,
    DCSREAS AS value
FROM adam.ADSL
WHERE (EOSSTT IS NOT DISTINCT FROM 'DISCONTINUED') <> (DCSREAS IS NOT NULL)
