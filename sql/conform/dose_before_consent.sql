-- One record per dose given before the informed consent.
-- Words: the dose is before the informed consent (DM.RFICDTC)
-- Todo: correct the dates at the source; a dose without consent is an important protocol deviation
-- Source: ICH E6(R2) 4.8.8; FDA Business Rule FB3412; CORE-000658
-- Severity: error
-- Standard: SDTM
-- Needs: DM.RFICDTC, EX.EXSTDTC
SELECT
    e._dataset AS dataset,
    'EXSTDTC' AS variable,
    e._row,
    e.EXSTDTC AS value
FROM sdtm.EX AS e
INNER JOIN sdtm.DM AS d ON e.USUBJID = d.USUBJID
WHERE is_before(e.EXSTDTC, d.RFICDTC)
