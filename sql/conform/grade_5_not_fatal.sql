-- One record per adverse event that is of grade 5 and not fatal, or fatal and of another grade.
-- Words: grade 5 is death: AETOXGR and AEOUT do not go together
-- Todo: correct the grade or the outcome at the source
-- Source: CTCAE version 5.0, grade 5; SDTMIG 3.4 section 6.2.1
-- Severity: warning
-- Standard: SDTM
-- Needs: AE.AETOXGR, AE.AEOUT
SELECT
    _dataset AS dataset,
    if(AEOUT = 'FATAL', 'AETOXGR', 'AEOUT') AS variable,
    _row,
    AETOXGR AS value
FROM sdtm.AE
WHERE AETOXGR IN ('1', '2', '3', '4', '5') AND AEOUT IS NOT NULL AND (AETOXGR = '5') <> (AEOUT = 'FATAL')
