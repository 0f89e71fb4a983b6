-- One record per DLQI whose question 7 was answered with no and whose second part is blank.
-- Query: Question 7 was answered with no at {VISIT}, so its second part must be answered; it is blank.
--   Please ask the patient, or enter that it was not answered.
-- Source: DLQI: the second part of question 7 is asked after no
-- Severity: warning
-- Needs: dlqi.07, dlqi.07A
SELECT
    q.*,
    '07A' AS variable,
    NULL AS value
FROM form.dlqi AS q
WHERE q."07" = 'NO' AND q."07A" IS NULL AND coalesce(q."07A_reason", q."07A_verbatim") IS NULL
