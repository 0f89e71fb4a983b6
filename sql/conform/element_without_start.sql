-- One record per element of a subject without a start.
-- Words: SESTDTC is missing
-- Todo: derive the start of the element from TE.TESTRL, or take the element away where the subject never
--   began it
-- Source: SDTMIG 3.4 section 5.3; CG0208; CORE-000002
-- Severity: error
-- Standard: SDTM
-- Needs: SE.SESTDTC
SELECT
    _dataset AS dataset,
    'SESTDTC' AS variable,
    _row
FROM sdtm.SE
WHERE SESTDTC IS NULL
