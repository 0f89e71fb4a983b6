-- One record per subject who died without an event or a cause that says of what.
-- Words: DTHFL is Y but neither AE has a fatal event nor DD a record of the subject
-- Todo: find the fatal event; of a death without one DD or the reviewer's guide tells the cause
-- Source: FDA Business Rule FB0609; CORE-001078
-- Severity: note
-- Standard: SDTM
-- Needs: DM.DTHFL, AE
WITH
told AS (
    SELECT USUBJID FROM sdtm.AE
    WHERE AEOUT = 'FATAL' OR AESDTH = 'Y'
    UNION ALL
    SELECT USUBJID FROM sdtm.DD
)

SELECT
    d._dataset AS dataset,
    'DTHFL' AS variable,
    d._row,
    d.DTHFL AS value
FROM sdtm.DM AS d
ANTI JOIN told AS t ON d.USUBJID = t.USUBJID
WHERE d.DTHFL = 'Y'
