-- One record per dose of placebo that has an amount.
-- Words: EXTRT is PLACEBO but EXDOSE is not 0
-- Todo: give placebo the dose 0
-- Source: SDTMIG 3.4 section 6.1.3; CG0102; CORE-000005
-- Severity: error
-- Standard: SDTM
-- Needs: EX.EXTRT, EX.EXDOSE
SELECT
    _dataset AS dataset,
    'EXDOSE' AS variable,
    _row,
    printf('%g', EXDOSE) AS value
FROM sdtm.EX
WHERE upper(EXTRT) = 'PLACEBO' AND EXDOSE <> 0
