-- One record per interventional trial without a dose.
-- Words: the trial is interventional (STYPE) but the datasets hold no EX
-- Todo: add EX: what the subjects were given
-- Source: SDTMIG 3.4 section 6.1.3; CG0407; CORE-000739
-- Severity: error
-- Standard: SDTM
-- Needs: TS.TSVAL
SELECT
    _dataset AS dataset,
    'TSVAL' AS variable,
    _row,
    TSVAL AS value
FROM sdtm.TS
WHERE TSPARMCD = 'STYPE' AND TSVAL = 'INTERVENTIONAL' AND NOT EXISTS (SELECT 1 FROM sdtm.EX)
