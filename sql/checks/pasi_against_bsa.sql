-- One record per body surface area without psoriasis at a visit whose PASI says otherwise, or the reverse.
-- Query: The affected body surface is {value} %, but the PASI total on the same day is {PASI}. Please check
--   both.
-- Source: one disease, two measures: one of them is 0 only where the other is
-- Severity: warning
-- Needs: pasi.29, fa.FAORRES
SELECT
    f.*,
    'FAMH' AS dataset,
    f.FASEQ AS SEQ,
    'FAORRES' AS variable,
    f.FATESTCD AS test,
    f.FASTRESN AS value,
    p."29" AS PASI
FROM sdtm.FAMH AS f
INNER JOIN form.pasi AS p ON f.USUBJID = p.USUBJID AND left(f.FADTC, 10) = left(p.RSDAT, 10)
WHERE
    f.FATESTCD = 'BSAAFCTP' AND f.FASTRESU = '%'
    AND (f.FASTRESN = 0) <> (try_cast(p."29" AS DOUBLE) = 0)
QUALIFY row_number() OVER (PARTITION BY f.USUBJID, f.FASEQ ORDER BY p._file, p._row) = 1
