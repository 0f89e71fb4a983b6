-- One record per medication that was taken in the same dose and route at the same time as another record
--   says.
-- Query: {CMTRT} from {value} overlaps the same medication entered with the start {OTHER}. Is it entered
--   twice?
-- Source: CDASHIG CM: one record per period of constant dosing
-- Severity: warning
-- Needs: cm.CMSTDAT, cm.CMENDAT
WITH
taken AS ( -- medications with a known first and last day
    SELECT
        c.*,
        coalesce(c.CMDECOD, upper(c.CMTRT)) AS drug,
        whole_day(c.CMSTDTC) AS first_day,
        CASE WHEN c.CMENRTPT = 'ONGOING' THEN DATE '9999-12-31' ELSE whole_day(c.CMENDTC) END AS last_day
    FROM sdtm.CM AS c
)

SELECT
    b.*,
    'CM' AS dataset,
    b.CMSEQ AS SEQ,
    'CMSTDAT' AS variable,
    b.CMSTDTC AS value,
    a.CMSTDTC AS OTHER
FROM taken AS b
INNER JOIN taken AS a
    ON b.USUBJID = a.USUBJID AND b.drug = a.drug AND b.first_day < a.last_day AND a.first_day < b.last_day
WHERE
    a.CMSEQ < b.CMSEQ
    AND a.CMDOSE IS NOT DISTINCT FROM b.CMDOSE
    AND a.CMROUTE IS NOT DISTINCT FROM b.CMROUTE
QUALIFY row_number() OVER (PARTITION BY b.USUBJID, b.CMSEQ ORDER BY a.CMSEQ) = 1
