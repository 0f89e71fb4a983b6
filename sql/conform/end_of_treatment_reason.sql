-- One record per subject whose reason for leaving the treatment does not go with the status.
-- Words: DCTREAS and EOTSTT contradict each other: {cause}
-- Todo: DCTREAS is filled for DISCONTINUED, and for no other status
-- Source: ADaMIG 1.3 section 3.2
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.EOTSTT, ADSL.DCTREAS
SELECT
    'ADSL' AS dataset,
    'DCTREAS' AS variable,
    CASE
        WHEN DCTREAS IS NULL THEN 'DISCONTINUED without a reason'
        ELSE 'a reason without DISCONTINUED'
    END AS cause,
    _row,
    DCTREAS AS value
FROM adam.ADSL
WHERE (EOTSTT IS NOT DISTINCT FROM 'DISCONTINUED') <> (DCTREAS IS NOT NULL)
