-- One record per record that says that its subject died, whom DM does not know as dead.
-- Words: {variable} says that the subject died, but DM.DTHFL is not Y
-- Todo: set DTHFL to Y and fill DTHDTC, or correct the record that speaks of a death
-- Source: SDTMIG 3.4 section 5.2; CG0132 to CG0136; CG0435; CORE-000007; CORE-000252; CORE-000253;
--   CORE-000254
-- Severity: error
-- Standard: SDTM
-- Needs: DM
WITH dead AS (
    SELECT
        _dataset,
        'AEOUT' AS variable,
        _row,
        USUBJID,
        AEOUT AS value
    FROM sdtm.AE
    WHERE AEOUT = 'FATAL'
    UNION ALL
    SELECT
        _dataset,
        'AESDTH' AS variable,
        _row,
        USUBJID,
        AESDTH AS value
    FROM sdtm.AE
    WHERE AESDTH = 'Y' AND AEOUT IS DISTINCT FROM 'FATAL'
    UNION ALL
    SELECT
        _dataset,
        'DSDECOD' AS variable,
        _row,
        USUBJID,
        DSDECOD AS value
    FROM sdtm.DS
    WHERE DSDECOD = 'DEATH'
    UNION ALL
    SELECT
        _dataset,
        'DDORRES' AS variable,
        _row,
        USUBJID,
        DDORRES AS value
    FROM sdtm.DD
    WHERE DDSTRESC IS NOT NULL
    UNION ALL
    SELECT
        _dataset,
        'SSSTRESC' AS variable,
        _row,
        USUBJID,
        SSSTRESC AS value
    FROM sdtm.SS
    WHERE upper(SSSTRESC) = 'DEAD'
    UNION ALL
    SELECT
        _dataset,
        'CEDECOD' AS variable,
        _row,
        USUBJID,
        coalesce(CEDECOD, CETERM) AS value
    FROM sdtm.CE
    WHERE upper(CETERM) = 'DEATH' OR upper(CEDECOD) = 'DEATH'
    UNION ALL
    SELECT
        _dataset,
        'DTHDTC' AS variable,
        _row,
        USUBJID,
        DTHDTC AS value
    FROM sdtm.DM
    WHERE DTHDTC IS NOT NULL
),

known_dead AS (
    SELECT USUBJID FROM sdtm.DM
    WHERE DTHFL = 'Y'
)

SELECT
    d._dataset AS dataset,
    d.variable,
    d._row,
    d.value
FROM dead AS d
SEMI JOIN sdtm.DM AS m ON d.USUBJID = m.USUBJID
ANTI JOIN known_dead AS k ON d.USUBJID = k.USUBJID
