-- One record per record of a subject's death on another day than that of DM.
-- Words: {variable} is not the day of death that DM.DTHDTC gives
-- Todo: find out which date of death is right and correct the other
-- Source: SDTMIG 3.4 section 5.2; CG0069; CORE-000034; FDA Business Rules FB0611, FB0612; CORE-000841;
--   CORE-000913
-- Severity: error
-- Standard: SDTM
-- Needs: DM.DTHDTC
WITH
dead AS (
    SELECT
        _dataset,
        'AEENDTC' AS variable,
        _row,
        USUBJID,
        AEENDTC AS day
    FROM sdtm.AE
    WHERE AEOUT = 'FATAL'
    UNION ALL
    SELECT
        _dataset,
        'DSSTDTC' AS variable,
        _row,
        USUBJID,
        DSSTDTC AS day
    FROM sdtm.DS
    WHERE DSDECOD = 'DEATH'
)

SELECT
    d._dataset AS dataset,
    d.variable,
    d._row,
    d.day AS value
FROM dead AS d
INNER JOIN sdtm.DM AS m ON d.USUBJID = m.USUBJID
WHERE is_before(d.day, m.DTHDTC) OR is_before(m.DTHDTC, d.day)
