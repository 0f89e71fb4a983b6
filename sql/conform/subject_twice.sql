-- One record per subject with several records in DM.
-- Words: USUBJID '{cause}' has {records} records in DM
-- Todo: keep one record for each subject
-- Source: SDTMIG 3.4 section 5.2; CG0151; CORE-000351
-- Severity: error
-- Standard: SDTM
-- Needs: DM.USUBJID
SELECT
    dataset,
    variable,
    value AS cause,
    value,
    records,
    _row
FROM meta.values
WHERE standard = 'SDTM' AND dataset = 'DM' AND variable = 'USUBJID' AND records > 1
