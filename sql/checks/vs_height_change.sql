-- One record per height that differs from the subject's first one.
-- Query: The height at {VISIT} is {value} cm, but {BEFORE} cm on {BEFORE_ON}. Please check both against the
--   source.
-- Source: plausibility: an adult's height stays
-- Severity: warning
-- Needs: vs.VSORRES
-- Threshold: cm = 3; difference from the first height
WITH
heights AS ( -- each with the first one
    SELECT
        v.*,
        first_value(v.VSSTRESN) OVER subject AS BEFORE,
        first_value(left(v.VSDTC, 10)) OVER subject AS BEFORE_ON
    FROM sdtm.VS AS v
    WHERE v.VSTESTCD = 'HEIGHT' AND v.VSSTRESN IS NOT NULL
    WINDOW subject AS (PARTITION BY v.USUBJID ORDER BY v.VSDTC, v.VSSEQ)
)

SELECT
    h.*,
    'VS' AS dataset,
    h.VSSEQ AS SEQ,
    'VSORRES' AS variable,
    h.VSTESTCD AS test,
    h.VSTPTNUM::INTEGER::VARCHAR AS point,
    h.VSSTRESN AS value
FROM heights AS h
WHERE abs(h.VSSTRESN - h.BEFORE) > $cm
