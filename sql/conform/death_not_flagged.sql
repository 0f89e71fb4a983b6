-- One record per record that says that its subject died, whom DM does not know as dead.
-- Words: {variable} says that the subject died, but DM.DTHFL is not Y
-- Todo: set DTHFL to Y and fill DTHDTC, or correct the record that speaks of a death
-- Source: SDTMIG 3.4 section 5.2; CG0132 to CG0136; CG0435; CORE-000007; CORE-000252; CORE-000253; CORE-000254
-- Severity: error
-- Standard: SDTM
-- Needs: DM
WITH
dead AS (
    SELECT _dataset, 'AEOUT' AS variable, _row, USUBJID, AEOUT AS value FROM sdtm.AE WHERE AEOUT = 'FATAL'
    UNION ALL
    SELECT _dataset, 'AESDTH', _row, USUBJID, AESDTH FROM sdtm.AE WHERE AESDTH = 'Y' AND AEOUT IS DISTINCT FROM 'FATAL'
    UNION ALL
    SELECT _dataset, 'DSDECOD', _row, USUBJID, DSDECOD FROM sdtm.DS WHERE DSDECOD = 'DEATH'
    UNION ALL
    SELECT _dataset, 'DDORRES', _row, USUBJID, DDORRES FROM sdtm.DD WHERE DDSTRESC IS NOT NULL
    UNION ALL
    SELECT _dataset, 'SSSTRESC', _row, USUBJID, SSSTRESC FROM sdtm.SS WHERE upper(SSSTRESC) = 'DEAD'
    UNION ALL
    SELECT _dataset, 'CEDECOD', _row, USUBJID, coalesce(CEDECOD, CETERM) FROM sdtm.CE
    WHERE upper(CETERM) = 'DEATH' OR upper(CEDECOD) = 'DEATH'
    UNION ALL
    SELECT _dataset, 'DTHDTC', _row, USUBJID, DTHDTC FROM sdtm.DM WHERE DTHDTC IS NOT NULL
)
SELECT
    d._dataset AS dataset,
    d.variable,
    d._row,
    d.value
FROM dead AS d
SEMI JOIN sdtm.DM AS known ON d.USUBJID = known.USUBJID
ANTI JOIN (SELECT USUBJID FROM sdtm.DM WHERE DTHFL = 'Y') AS m ON d.USUBJID = m.USUBJID
