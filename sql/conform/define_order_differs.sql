-- One record per dataset whose variables stand in another order in Define-XML: the first that does.
-- Words: from {variable} on, Define-XML has the variables in another order than {dataset}
-- Todo: give both the same order
-- Source: Define-XML 2.1 section 5.3.10 (OrderNumber)
-- Severity: error
-- Standard: Define
-- Needs: define
WITH
placed AS (
    SELECT
        m.standard,
        m.dataset,
        m.variable,
        m.position,
        row_number() OVER (PARTITION BY m.standard, m.dataset ORDER BY m.position) AS here,
        row_number() OVER (PARTITION BY m.standard, m.dataset ORDER BY v.position) AS told
    FROM meta.variables AS m
    INNER JOIN define.variables AS v USING (standard, dataset, variable)
)

SELECT
    dataset,
    arg_min(variable, position) AS variable
FROM placed
WHERE here <> told
GROUP BY standard, dataset
