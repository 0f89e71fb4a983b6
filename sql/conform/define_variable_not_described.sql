-- One record per variable of a dataset that Define-XML does not describe.
-- Words: Define-XML does not describe {variable}
-- Todo: add the variable to Define-XML, or drop it from the dataset
-- Source: Define-XML 2.1 section 5.3.10 (ItemRef)
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT
    m.dataset,
    m.variable
FROM meta.variables AS m
SEMI JOIN define.datasets AS d ON d.standard = m.standard AND d.dataset = m.dataset
ANTI JOIN
    define.variables AS v
    ON v.standard = m.standard AND v.dataset = m.dataset AND v.variable = m.variable
