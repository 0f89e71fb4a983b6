-- One record per event of the medical history that began after the subject entered the study.
-- Words: MHSTDTC is after RFSTDTC: what begins during the study is no history
-- Todo: correct the date, or move the event to AE or CE
-- Source: SDTMIG 3.4 section 6.2.7; CG0079; CORE-000236
-- Severity: warning
-- Standard: SDTM
-- Needs: MH.MHSTDTC, DM.RFSTDTC
SELECT
    m._dataset AS dataset,
    'MHSTDTC' AS variable,
    m._row,
    m.MHSTDTC AS value
FROM sdtm.MH AS m
INNER JOIN sdtm.DM AS d ON m.USUBJID = d.USUBJID
WHERE is_before(d.RFSTDTC, m.MHSTDTC)
