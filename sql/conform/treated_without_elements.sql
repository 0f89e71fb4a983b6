-- One record per subject who had a dose and has no element.
-- Words: the subject has doses in EX but no element in SE
-- Todo: derive the subject's elements
-- Source: SDTMIG 3.4 section 5.3
-- Severity: warning
-- Standard: SDTM
-- Needs: DM, EX, SE
SELECT
    d._dataset AS dataset,
    'USUBJID' AS variable,
    d._row
FROM sdtm.DM AS d
SEMI JOIN sdtm.EX AS e ON d.USUBJID = e.USUBJID
ANTI JOIN sdtm.SE AS s ON d.USUBJID = s.USUBJID
