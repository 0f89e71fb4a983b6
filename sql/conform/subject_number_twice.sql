-- One record per subject number that stands for several subjects.
-- Words: SUBJID '{cause}' is that of several subjects
-- Todo: give each subject a number of its own within the study
-- Source: SDTMIG 3.4 section 5.2; CG0150; CORE-000186
-- Severity: error
-- Standard: SDTM
-- Needs: DM.SUBJID
SELECT
    min(_dataset) AS dataset,
    'SUBJID' AS variable,
    SUBJID AS cause,
    SUBJID AS value,
    max(_row) AS _row
FROM sdtm.DM
WHERE SUBJID IS NOT NULL
GROUP BY STUDYID, SUBJID
HAVING count(DISTINCT USUBJID) > 1
