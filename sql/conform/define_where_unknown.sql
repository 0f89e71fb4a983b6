-- One record per condition of value level metadata on a variable that is not there.
-- Words: a condition of value level metadata reads {cause}, which is not there
-- Todo: correct the ItemOID of the condition
-- Source: Define-XML 2.1 section 5.3.14 (RangeCheck)
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT DISTINCT
    w.dataset,
    w.variable,
    coalesce(w.dataset || '.' || w.variable, 'an unknown item in ' || w.clause) AS cause
FROM define.wheres AS w
ANTI JOIN
    define.variables AS v
    ON v.standard = w.standard AND v.dataset = w.dataset AND v.variable = w.variable
