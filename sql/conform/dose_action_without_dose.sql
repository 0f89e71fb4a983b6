-- One record per adverse event for which a dose was changed in a subject who never had one.
-- Words: AEACN is {cause} but the subject has no dose in EX
-- Todo: correct the action taken, or find the dose that is missing in EX
-- Source: SDTMIG 3.4 sections 6.1.3 and 6.2.1
-- Severity: warning
-- Standard: SDTM
-- Needs: AE.AEACN, EX
SELECT
    a._dataset AS dataset,
    'AEACN' AS variable,
    a._row,
    a.AEACN AS cause,
    a.AEACN AS value
FROM sdtm.AE AS a
ANTI JOIN sdtm.EX AS e ON a.USUBJID = e.USUBJID
WHERE
    a.AEACN IN (
        'DOSE REDUCED', 'DOSE INCREASED', 'DRUG WITHDRAWN', 'DRUG INTERRUPTED', 'DOSE RATE REDUCED',
        'DOSE NOT CHANGED'
    )
    AND NOT EXISTS (
        SELECT 1 FROM sdtm.EC AS c
        WHERE c.USUBJID = a.USUBJID
    )
