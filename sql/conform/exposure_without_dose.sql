-- One record per dose of which the amount is not told.
-- Words: neither EXDOSE nor EXDOSTXT is given
-- Todo: find the dose; what was not given has EXDOSE 0, or is in EC
-- Source: SDTMIG 3.4 section 6.1.3
-- Severity: warning
-- Standard: SDTM
-- Needs: EX.EXTRT
SELECT
    _dataset AS dataset,
    'EXDOSE' AS variable,
    _row,
    EXTRT AS value
FROM sdtm.EX
WHERE EXDOSE IS NULL AND EXDOSTXT IS NULL
