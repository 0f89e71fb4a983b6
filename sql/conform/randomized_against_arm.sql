-- One record per subject who was randomized without an arm, or has an arm without having been randomized.
-- Words: the milestone RANDOMIZED in DS and the arm in DM do not go together
-- Todo: find the randomization of the subject, or correct the arm
-- Source: SDTMIG 3.4 sections 5.2 and 6.2.4
-- Severity: warning
-- Standard: SDTM
-- Needs: DM.ARMCD, DS.DSDECOD
WITH
drawn AS (
    SELECT DISTINCT USUBJID FROM sdtm.DS
    WHERE DSDECOD = 'RANDOMIZED'
),

-- in other studies nobody is randomized, or the milestone is not collected
randomized AS (
    SELECT count(*) > 0 AS yes FROM drawn
)

SELECT
    d._dataset AS dataset,
    'ARMCD' AS variable,
    d._row,
    d.ARMCD AS value
FROM sdtm.DM AS d
LEFT JOIN drawn AS r ON d.USUBJID = r.USUBJID
CROSS JOIN randomized AS s
WHERE s.yes AND (d.ARMCD IN (SELECT a.ARMCD FROM sdtm.TA AS a) IS TRUE) <> (r.USUBJID IS NOT NULL)
