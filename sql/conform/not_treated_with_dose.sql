-- One record per subject who is said to have had no treatment and has doses.
-- Words: ARMNRS is '{cause}' but the subject has doses in EX
-- Todo: correct the arm of the subject, or take the doses away
-- Source: SDTMIG 3.4 section 5.2; FDA Business Rule FB2304; CORE-000927
-- Severity: error
-- Standard: SDTM
-- Needs: DM.ARMNRS, EX
SELECT
    d._dataset AS dataset,
    'ARMNRS' AS variable,
    d._row,
    d.ARMNRS AS cause,
    d.ARMNRS AS value
FROM sdtm.DM AS d
SEMI JOIN sdtm.EX AS e ON d.USUBJID = e.USUBJID
WHERE d.ARMNRS IN ('SCREEN FAILURE', 'NOT ASSIGNED', 'ASSIGNED, NOT TREATED')
