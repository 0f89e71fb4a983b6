-- One record per arm of a subject or visit that the trial arms do not have.
-- Words: the arm '{cause}' is none of TA
-- Todo: correct the arm; a subject without an arm has ARMCD missing and the reason in ARMNRS
-- Source: SDTMIG 3.4 sections 5.2, 7.2.1 and 7.3.1; CG0293; CG0512; CG0516;
--   CORE-000155; CORE-000208; CORE-000210
-- Severity: error
-- Standard: SDTM
-- Needs: TA.ARMCD
SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
ANTI JOIN sdtm.TA AS a ON v.value = a.ARMCD
WHERE
    v.standard = 'SDTM'
    AND (v.domain = 'DM' AND v.variable IN ('ARMCD', 'ACTARMCD') OR v.domain = 'TV' AND v.variable = 'ARMCD')
