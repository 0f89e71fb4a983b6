-- One record per subject who was assigned to an arm and consented before the study started.
-- Words: RFICDTC is before the start of the study (SSTDTC of TS)
-- Todo: SSTDTC is the day of the first informed consent of a subject who was enrolled
-- Source: SDTMIG 3.4 section 7.4.2; FDA Study Data Technical Conformance Guide, study start date
-- Severity: warning
-- Standard: SDTM
-- Needs: DM.RFICDTC, TS.TSVAL
SELECT
    d._dataset AS dataset,
    'RFICDTC' AS variable,
    d._row,
    d.RFICDTC AS value
FROM sdtm.DM AS d
INNER JOIN sdtm.TS AS t ON t.TSPARMCD = 'SSTDTC'
WHERE d.ARMCD IS NOT NULL AND is_before(d.RFICDTC, t.TSVAL)
