-- One record per second disposition of one period.
-- Query: The period {EPOCH} has two dispositions: {value} on {DSSTDTC}, and {OTHER}. Which one is right?
-- Source: SDTMIG 3.4 DS: one disposition event per epoch
-- Severity: error
-- Needs: ds.DSDECOD, ds.EPOCH
SELECT
    s.*,
    'DS' AS dataset,
    s.DSSEQ AS SEQ,
    'DSDECOD' AS variable,
    s.DSDECOD AS value,
    o.DSDECOD AS OTHER
FROM sdtm.DS AS s
INNER JOIN
    sdtm.DS AS o
    ON s.USUBJID = o.USUBJID AND s.EPOCH = o.EPOCH AND s.DSSCAT IS NOT DISTINCT FROM o.DSSCAT
WHERE s.DSCAT = 'DISPOSITION EVENT' AND o.DSCAT = 'DISPOSITION EVENT' AND o.DSSEQ < s.DSSEQ
QUALIFY row_number() OVER (PARTITION BY s.USUBJID, s.DSSEQ ORDER BY o.DSSEQ) = 1
