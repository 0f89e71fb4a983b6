-- One record per subject and epoch with several disposition events.
-- Words: the subject has several disposition events in the epoch {cause}
-- Todo: keep one per epoch, or tell study and treatment apart in DSSCAT
-- Source: SDTMIG 3.4 section 6.2.4; CG0535 to CG0539; CORE-000213; CORE-000374
-- Severity: error
-- Standard: SDTM
-- Needs: DS.DSCAT, DS.EPOCH
SELECT
    min(_dataset) AS dataset,
    'EPOCH' AS variable,
    EPOCH AS cause,
    EPOCH AS value,
    max(_row) AS _row
FROM sdtm.DS
WHERE DSCAT = 'DISPOSITION EVENT' AND EPOCH IS NOT NULL
GROUP BY USUBJID, EPOCH, DSSCAT
HAVING count(*) > 1
