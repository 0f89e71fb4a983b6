-- One record per dataset that the Define-XML of its standard does not describe.
-- Words: Define-XML does not describe {dataset}
-- Todo: add the dataset to Define-XML, or leave its file out
-- Source: Define-XML 2.1 section 5.3.9 (ItemGroupDef)
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT m.dataset
FROM meta.datasets AS m
SEMI JOIN define.datasets AS s ON s.standard = m.standard
ANTI JOIN define.datasets AS d ON d.standard = m.standard AND d.dataset = m.dataset
