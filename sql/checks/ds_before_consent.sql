-- One record per disposition before informed consent.
-- Query: {DSDECOD} is dated {value}, before informed consent on {RFICDTC}. Please check both dates.
-- Source: plausibility of dates
-- Severity: error
-- Needs: ds.DSSTDAT, dm.RFICDAT
SELECT
    s.*,
    'DSSTDAT' AS variable,
    s.DSSTDAT AS value,
    d.RFICDTC
FROM form.ds AS s
INNER JOIN sdtm.DM AS d USING (USUBJID)
WHERE s.DSCAT = 'DISPOSITION EVENT' AND is_before(s.DSSTDAT, d.RFICDTC)
