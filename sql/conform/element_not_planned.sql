-- One record per element of an arm or a subject that TE does not have.
-- Words: the element '{cause}' is none of TE
-- Todo: correct ETCD; an element that nobody planned is UNPLAN
-- Source: SDTMIG 3.4 sections 5.3 and 7.2.2; CG0414; CORE-000173
-- Severity: error
-- Standard: SDTM
-- Needs: TE.ETCD
SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
ANTI JOIN sdtm.TE AS e ON v.value = e.ETCD
WHERE v.standard = 'SDTM' AND v.domain IN ('SE', 'TA') AND v.variable = 'ETCD' AND v.value <> 'UNPLAN'
