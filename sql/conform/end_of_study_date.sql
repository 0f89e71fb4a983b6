-- One record per subject whose end of study has a status without a date, or a date without a status.
-- Words: EOSDT and EOSSTT contradict each other: {cause}
-- Todo: EOSDT is the day of completion or discontinuation; ONGOING has none
-- Source: ADaMIG 1.3 section 3.2 (End of Study Date)
-- Severity: warning
-- Standard: ADaM
-- Needs: ADSL.EOSDT, ADSL.EOSSTT
SELECT
    'ADSL' AS dataset,
    'EOSDT' AS variable,
    CASE WHEN EOSDT IS NULL THEN 'ended without a date' ELSE 'a date, but not ended' END AS cause,
    _row,
    EOSDT::VARCHAR AS value
FROM adam.ADSL
WHERE
    (EOSDT IS NULL AND EOSSTT IN ('COMPLETED', 'DISCONTINUED'))
    OR (EOSDT IS NOT NULL AND coalesce(EOSSTT, 'ONGOING') = 'ONGOING')
