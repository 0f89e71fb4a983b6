-- One record per subject with records who is not in DM.
-- Words: USUBJID '{cause}' is not in DM
-- Todo: add the subject to DM, or correct USUBJID
-- Source: SDTMIG 3.4 section 5.2; SDTM 2.0 (USUBJID)
-- Severity: error
-- Standard: SDTM
-- Needs: DM.USUBJID
SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
ANTI JOIN meta.values AS d
    ON d.standard = 'SDTM' AND d.dataset = 'DM' AND d.variable = 'USUBJID' AND d.value = v.value
WHERE v.standard = 'SDTM' AND v.variable = 'USUBJID' AND v.dataset <> 'DM' AND NOT starts_with(v.domain, 'AP')
