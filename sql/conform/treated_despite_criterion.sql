-- One record per subject who was treated although a criterion was not met.
-- Words: the subject has a record in IE and doses in EX
-- Todo: nothing where it is so; it is a protocol deviation, of which the reviewer's guide speaks
-- Source: SDTMIG 3.4 section 6.3.4; ICH E3 section 10.2
-- Severity: note
-- Standard: SDTM
-- Needs: IE, EX, DM
SELECT
    d._dataset AS dataset,
    'USUBJID' AS variable,
    d._row
FROM sdtm.DM AS d
SEMI JOIN sdtm.IE AS i ON d.USUBJID = i.USUBJID
SEMI JOIN sdtm.EX AS e ON d.USUBJID = e.USUBJID
