-- One record per DLQI with so many questions left open that it cannot be scored.
-- Query: {LACKING} of the 10 questions have no answer at {VISIT}. Please ask the patient to complete the
--   questionnaire.
-- Source: DLQI instructions: with two or more questions unanswered it is not scored
-- Severity: warning
-- Needs: dlqi.01, dlqi.10
-- Threshold: items = 2; unanswered questions from which it is not scored
WITH
answers AS ( -- how many of the ten say nothing at all
    SELECT
        q.*,
        len(list_filter(
            [
                coalesce(q."01", q."01_reason", q."01_verbatim"),
                coalesce(q."02", q."02_reason", q."02_verbatim"),
                coalesce(q."03", q."03_reason", q."03_verbatim"),
                coalesce(q."04", q."04_reason", q."04_verbatim"),
                coalesce(q."05", q."05_reason", q."05_verbatim"),
                coalesce(q."06", q."06_reason", q."06_verbatim"),
                coalesce(q."07", q."07_reason", q."07_verbatim"),
                coalesce(q."08", q."08_reason", q."08_verbatim"),
                coalesce(q."09", q."09_reason", q."09_verbatim"),
                coalesce(q."10", q."10_reason", q."10_verbatim")
            ],
            LAMBDA answer: answer IS NULL
        )) AS LACKING
    FROM form.dlqi AS q
)

SELECT
    a.*,
    '01' AS variable,
    a.LACKING AS value
FROM answers AS a
WHERE a.LACKING >= $items
