-- One record per treated subject and eligibility criterion without an answer.
-- Query: Criterion {IETESTCD} ({IETEST}) has no answer, but the subject was treated on {RFXSTDTC}. Please
--   answer it.
-- Source: the protocol's eligibility criteria
-- Severity: error
-- Needs: ie.IEORRES, ex or ec
SELECT
    d.USUBJID,
    'DM' AS dataset,
    'IETESTCD' AS variable,
    t.IETESTCD AS value,
    t.IETESTCD,
    t.IETEST,
    d.RFXSTDTC
FROM sdtm.DM AS d
CROSS JOIN sdtm.TI AS t
WHERE
    d.RFXSTDTC IS NOT NULL AND t.TIVERS IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM form.ie AS i
        WHERE i.USUBJID = d.USUBJID AND i.IETESTCD = t.IETESTCD
    )
