-- One record per subject who was randomized without an arm, or has an arm without having been randomized.
-- Words: the milestone RANDOMIZED in DS and the arm in DM do not go together
-- Todo: find the randomization of the subject, or correct the arm
-- Source: SDTMIG 3.4 sections 5.2 and 6.2.4
-- Severity: warning
-- Standard: SDTM
-- Needs: DM.ARMCD, DS.DSDECOD, TA.ARMCD
WITH
drawn AS (
    SELECT DISTINCT USUBJID FROM sdtm.DS
    WHERE DSDECOD = 'RANDOMIZED'
),

-- an arm to which nobody was randomized is filled otherwise, or the milestone is not collected
drawn_arms AS (
    SELECT DISTINCT d.ARMCD FROM sdtm.DM AS d
    SEMI JOIN drawn AS r ON d.USUBJID = r.USUBJID
)

SELECT
    d._dataset AS dataset,
    'ARMCD' AS variable,
    d._row,
    d.ARMCD AS value
FROM sdtm.DM AS d
LEFT JOIN drawn AS r ON d.USUBJID = r.USUBJID
LEFT JOIN drawn_arms AS a ON d.ARMCD = a.ARMCD
LEFT JOIN sdtm.TA AS t ON d.ARMCD = t.ARMCD AND t.TAETORD = 1
WHERE
    r.USUBJID IS NOT NULL AND t.ARMCD IS NULL
    OR r.USUBJID IS NULL AND a.ARMCD IS NOT NULL AND t.ARMCD IS NOT NULL
