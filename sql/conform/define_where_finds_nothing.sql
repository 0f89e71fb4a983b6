-- One record per condition of value level metadata that no record of the dataset fulfils.
-- Words: no record of {dataset} fulfils the condition on {variable}: {cause}
-- Todo: correct the condition, or drop the value level metadata
-- Source: Define-XML 2.1 section 5.3.14 (WhereClauseDef)
-- Severity: warning
-- Standard: Define
-- Needs: define
SELECT
    w.dataset,
    w.variable,
    string_agg(w.value, ', ' ORDER BY w.value) AS cause
FROM define.wheres AS w
INNER JOIN meta.variables AS v USING (standard, dataset, variable)
LEFT JOIN meta.values AS m
    ON m.standard = w.standard AND m.dataset = w.dataset AND m.variable = w.variable AND m.value = w.value
WHERE v.type = 'Char' AND w.comparator IN ('EQ', 'IN')
GROUP BY w.standard, w.clause, w.dataset, w.variable
HAVING count(m.value) = 0
