-- One record per visit of a subject that did not take place and has a date, or took place and has none.
-- Words: SVOCCUR and SVSTDTC do not go together: a visit that took place has a date, one that did not has
--   none
-- Todo: correct SVOCCUR or the date at the source
-- Source: SDTMIG 3.4 section 5.5
-- Severity: warning
-- Standard: SDTM
-- Needs: SV.SVOCCUR, SV.SVSTDTC
SELECT
    _dataset AS dataset,
    'SVSTDTC' AS variable,
    _row,
    SVOCCUR AS value
FROM sdtm.SV
WHERE SVOCCUR = 'N' AND SVSTDTC IS NOT NULL OR SVOCCUR = 'Y' AND SVSTDTC IS NULL
