-- One record per adverse event that overlaps another record of the same event.
-- Query: {AETERM} from {value} overlaps the same event entered with the start {OTHER}. Is it one event
--   entered twice?
-- Source: CDASHIG AE: one record per event
-- Severity: warning
-- Needs: ae.AESTDAT, ae.AEENDAT
WITH
events AS ( -- events with a known first and last day
    SELECT
        a.*,
        whole_day(a.AESTDTC) AS first_day,
        CASE WHEN a.AEENRTPT = 'ONGOING' THEN DATE '9999-12-31' ELSE whole_day(a.AEENDTC) END AS last_day
    FROM sdtm.AE AS a
)

SELECT
    b.*,
    'AE' AS dataset,
    b.AESEQ AS SEQ,
    'AESTDAT' AS variable,
    b.AESTDTC AS value,
    a.AESTDTC AS OTHER
FROM events AS b
INNER JOIN events AS a
    ON
        b.USUBJID = a.USUBJID AND b.AEDECOD = a.AEDECOD
        AND b.first_day <= a.last_day AND a.first_day <= b.last_day
WHERE a.AESEQ < b.AESEQ
QUALIFY row_number() OVER (PARTITION BY b.USUBJID, b.AESEQ ORDER BY a.AESEQ) = 1
