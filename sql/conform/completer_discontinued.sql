-- One record per subject who is a completer and discontinued the study.
-- Words: COMPLFL is Y and EOSSTT is DISCONTINUED
-- Todo: derive both from the same disposition, or say in the guide what is completed
-- Source: ADaMIG 1.3 section 3.2
-- Severity: warning
-- Standard: ADaM
-- Needs: ADSL.COMPLFL, ADSL.EOSSTT
SELECT
    'ADSL' AS dataset,
    'COMPLFL' AS variable,
    _row,
    COMPLFL AS value
FROM adam.ADSL
WHERE COMPLFL = 'Y' AND EOSSTT = 'DISCONTINUED'
