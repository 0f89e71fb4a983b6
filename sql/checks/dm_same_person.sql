-- One record per subject with birth date, sex and consent date of another subject with a lower number.
-- Query: Birth date {BRTHDAT}, sex and consent date {RFICDAT} are also those of subject {OTHER}. Is this
--   one person entered twice?
-- Source: data integrity: one person, one subject
-- Severity: warning
-- Needs: dm.BRTHDAT, dm.RFICDAT
-- Scope: study
SELECT
    d.*,
    'SUBJID' AS variable,
    d.SUBJID AS value,
    o.SUBJID AS OTHER
FROM form.dm AS d
INNER JOIN form.dm AS o
    ON d.BRTHDAT = o.BRTHDAT AND d.SEX = o.SEX AND d.RFICDAT = o.RFICDAT AND d.SITEID = o.SITEID
WHERE d.USUBJID > o.USUBJID AND length(d.BRTHDAT) >= 10
