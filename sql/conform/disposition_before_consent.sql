-- One record per disposition event dated before the informed consent.
-- Words: the disposition event is dated before the informed consent (DM.RFICDTC)
-- Todo: correct the dates at the source
-- Source: SDTMIG 3.4 section 6.2.4
-- Severity: error
-- Standard: SDTM
-- Needs: DS.DSSTDTC, DS.DSCAT, DM.RFICDTC
SELECT
    s._dataset AS dataset,
    'DSSTDTC' AS variable,
    s._row,
    s.DSSTDTC AS value
FROM sdtm.DS AS s
INNER JOIN sdtm.DM AS d ON s.USUBJID = d.USUBJID
WHERE s.DSCAT = 'DISPOSITION EVENT' AND is_before(s.DSSTDTC, d.RFICDTC)
