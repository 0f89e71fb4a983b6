-- One record per epoch that the trial arms do not have.
-- Words: the epoch '{cause}' is none of TA
-- Todo: correct EPOCH, or add the epoch to the elements of TA
-- Source: SDTMIG 3.4 section 7.2.1; CG0009; CORE-000271
-- Severity: error
-- Standard: SDTM
-- Needs: TA.EPOCH
SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
ANTI JOIN sdtm.TA AS a ON v.value = a.EPOCH
WHERE v.standard = 'SDTM' AND v.variable = 'EPOCH' AND v.domain <> 'TA'
