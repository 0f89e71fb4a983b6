-- One record per subject whose arm has a code without a name or a name without a code.
-- Words: of the code and the name of the arm one is missing: {variable}
-- Todo: fill {variable} as TA has it
-- Source: SDTMIG 3.4 section 5.2; CG0521; CG0522; CORE-000119; CORE-000120
-- Severity: error
-- Standard: SDTM
-- Needs: DM.ARM or DM.ACTARM
SELECT
    _dataset AS dataset,
    CASE
        WHEN ARMCD IS NULL AND ARM IS NOT NULL THEN 'ARMCD'
        WHEN ARMCD IS NOT NULL AND ARM IS NULL THEN 'ARM'
        WHEN ACTARMCD IS NULL AND ACTARM IS NOT NULL THEN 'ACTARMCD'
        ELSE 'ACTARM'
    END AS variable,
    _row
FROM sdtm.DM
WHERE (ARMCD IS NULL) <> (ARM IS NULL) OR (ACTARMCD IS NULL) <> (ACTARM IS NULL)
