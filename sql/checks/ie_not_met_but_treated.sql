-- One record per eligibility criterion that a treated subject did not meet.
-- Query: Criterion {IETESTCD} ({IETEST}) was answered {value}, but the subject was treated on {RFXSTDTC}.
--   Please check the answer, or report the protocol deviation.
-- Source: the protocol's eligibility criteria; SDTMIG 3.4 IE
-- Severity: error
-- Needs: ie.IEORRES, ex or ec
SELECT
    i.*,
    'IE' AS dataset,
    i.IESEQ AS SEQ,
    'IEORRES' AS variable,
    i.IEORRES AS value,
    d.RFXSTDTC
FROM sdtm.IE AS i
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE d.RFXSTDTC IS NOT NULL
