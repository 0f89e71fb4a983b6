-- One record per subject without an arm for which no reason is told.
-- Words: {variable} is missing and ARMNRS does not say why
-- Todo: fill ARMNRS (SCREEN FAILURE, NOT ASSIGNED, ASSIGNED, NOT TREATED or UNPLANNED TREATMENT)
-- Source: SDTMIG 3.4 section 5.2; CG0513; CG0515; CG0517; CG0519; CORE-000045; CORE-000223
-- Severity: error
-- Standard: SDTM
-- Needs: DM.ARMNRS
SELECT
    _dataset AS dataset,
    if(ARMCD IS NULL, 'ARMCD', 'ACTARMCD') AS variable,
    _row
FROM sdtm.DM
WHERE (ARMCD IS NULL OR ACTARMCD IS NULL) AND ARMNRS IS NULL
