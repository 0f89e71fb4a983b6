-- One record per subject who had a dose without an informed consent that is known.
-- Words: the subject has doses in EX but RFICDTC is missing
-- Todo: find the date of the informed consent
-- Source: SDTMIG 3.4 section 5.2; ICH E6(R2) 4.8.8
-- Severity: warning
-- Standard: SDTM
-- Needs: DM.RFICDTC, EX
SELECT
    d._dataset AS dataset,
    'RFICDTC' AS variable,
    d._row
FROM sdtm.DM AS d
SEMI JOIN sdtm.EX AS e ON d.USUBJID = e.USUBJID
WHERE d.RFICDTC IS NULL
