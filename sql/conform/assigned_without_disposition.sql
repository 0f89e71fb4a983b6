-- One record per subject with an arm of whom the disposition knows nothing.
-- Words: the subject has an arm but no record in DS
-- Todo: find the subject's informed consent and end of study
-- Source: SDTMIG 3.4 section 5.2; CG0540; CORE-000296
-- Severity: error
-- Standard: SDTM
-- Needs: DM.ARMCD, DS
SELECT
    d._dataset AS dataset,
    'ARMCD' AS variable,
    d._row,
    d.ARMCD AS value
FROM sdtm.DM AS d
ANTI JOIN sdtm.DS AS s ON d.USUBJID = s.USUBJID
WHERE d.ARMCD IS NOT NULL
