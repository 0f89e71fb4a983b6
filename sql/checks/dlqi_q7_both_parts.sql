-- One record per DLQI whose question 7 was answered with yes and whose second part was answered too.
-- Query: Question 7 was answered with yes at {VISIT}, so its second part is not asked; it holds {value}.
--   Please check both answers.
-- Source: DLQI: the second part of question 7 is asked after no
-- Severity: warning
-- Needs: dlqi.07, dlqi.07A
SELECT
    q.*,
    '07A' AS variable,
    q."07A" AS value
FROM form.dlqi AS q
WHERE q."07" = 'YES' AND q."07A" IS NOT NULL
