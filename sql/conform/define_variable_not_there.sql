-- One record per variable that Define-XML describes and that is not in the dataset.
-- Words: Define-XML describes {variable}, which is not in {dataset}
-- Todo: take the variable out of Define-XML, or add it to the dataset
-- Source: Define-XML 2.1 section 5.3.10 (ItemRef, HasNoData)
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT
    v.dataset,
    coalesce(v.variable, v.oid) AS variable
FROM define.variables AS v
SEMI JOIN meta.datasets AS d ON d.standard = v.standard AND d.dataset = v.dataset
ANTI JOIN meta.variables AS m ON m.standard = v.standard AND m.dataset = v.dataset AND m.variable = v.variable
