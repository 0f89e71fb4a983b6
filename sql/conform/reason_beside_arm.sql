-- One record per subject with both arms for whom a reason is told why there is none.
-- Words: ARMNRS is '{cause}' although ARMCD and ACTARMCD are both there
-- Todo: take ARMNRS away, or the arm that the subject did not have
-- Source: SDTMIG 3.4 section 5.2; CG0520; CORE-000121
-- Severity: error
-- Standard: SDTM
-- Needs: DM.ARMNRS
SELECT
    _dataset AS dataset,
    'ARMNRS' AS variable,
    _row,
    ARMNRS AS cause,
    ARMNRS AS value
FROM sdtm.DM
WHERE ARMNRS IS NOT NULL AND ARMCD IS NOT NULL AND ACTARMCD IS NOT NULL
