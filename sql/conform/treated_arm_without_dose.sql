-- One record per subject who has an actual arm and no dose.
-- Words: ACTARMCD is '{cause}' but the subject has no dose in EX
-- Todo: find the doses; a subject who was assigned and not treated has no ACTARMCD, and ARMNRS ASSIGNED, NOT
--   TREATED
-- Source: SDTMIG 3.4 section 5.2; FDA Business Rules FB2302, FB2306; CORE-000885; CORE-000886
-- Severity: warning
-- Standard: SDTM
-- Needs: DM.ACTARMCD, EX
SELECT
    d._dataset AS dataset,
    'ACTARMCD' AS variable,
    d._row,
    d.ACTARMCD AS cause,
    d.ACTARMCD AS value
FROM sdtm.DM AS d
ANTI JOIN sdtm.EX AS e ON d.USUBJID = e.USUBJID
-- an arm that TA does not have is the business of arm_not_planned
SEMI JOIN sdtm.TA AS a ON d.ACTARMCD = a.ARMCD
