-- One record per dose of 0 of what is no placebo.
-- Words: EXDOSE is 0 but EXTRT is no placebo
-- Todo: correct the dose; a dose that was not given is no record of EX (EC has it, with ECOCCUR N)
-- Source: SDTMIG 3.4 section 6.1.3
-- Severity: warning
-- Standard: SDTM
-- Needs: EX.EXTRT, EX.EXDOSE
SELECT
    _dataset AS dataset,
    'EXDOSE' AS variable,
    _row,
    EXTRT AS value
FROM sdtm.EX
WHERE EXDOSE = 0 AND NOT contains(upper(EXTRT), 'PLACEBO')
