-- One record per corrected QT interval outside the plausible range.
-- Query: {EGTEST} at {VISIT} is {value} ms. Please check the reading, and whether it is an adverse event.
-- Source: ICH E14: an interval above 500 ms is of concern
-- Severity: warning
-- Needs: eg.EGORRES
-- Threshold: low = 300; ms
-- Threshold: high = 500; ms
SELECT
    e.*,
    'EG' AS dataset,
    e.EGSEQ AS SEQ,
    'EGORRES' AS variable,
    e.EGTESTCD AS test,
    e.EGSTRESN AS value
FROM sdtm.EG AS e
WHERE e.EGTESTCD IN ('QTCFAG', 'QTCBAG', 'QTCAG') AND e.EGSTRESN NOT BETWEEN $low AND $high
