-- One record per dose after the subject left the treatment period.
-- Query: A dose is entered on {value}, after the treatment period ended on {DSSTDTC} ({DSDECOD}). Please
--   check both dates.
-- Source: no treatment after its discontinuation
-- Severity: error
-- Needs: ex.EXSTDAT, ds.DSSTDAT
SELECT
    e.*,
    'EXSTDAT' AS variable,
    e.EXSTDAT AS value,
    s.DSSTDTC,
    s.DSDECOD
FROM form.ex AS e
INNER JOIN sdtm.DS AS s USING (USUBJID)
WHERE
    s.DSCAT = 'DISPOSITION EVENT' AND s.EPOCH = 'TREATMENT' AND e.EXDOSE > 0
    AND is_before(s.DSSTDTC, e.EXSTDAT)
QUALIFY row_number() OVER (PARTITION BY e._source, e._file, e._row ORDER BY s.DSSTDTC, s.DSSEQ) = 1
