-- One record per milestone of informed consent with another date than the demographics have.
-- Query: Informed consent is dated {value} here and {RFICDTC} in the demographics. Which one is right?
-- Source: one fact on two forms
-- Severity: error
-- Needs: ds.DSDECOD, ds.DSSTDAT, dm.RFICDAT
SELECT
    s.*,
    'DSSTDAT' AS variable,
    s.DSSTDAT AS value,
    d.RFICDTC
FROM form.ds AS s
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE
    s.DSDECOD = 'INFORMED CONSENT OBTAINED'
    AND (is_before(s.DSSTDAT, d.RFICDTC) OR is_before(d.RFICDTC, s.DSSTDAT))
