-- One record per dataset that Define-XML describes and whose file is not there, or that it wrongly calls
--   empty.
-- Words: {cause}
-- Todo: add the file; a dataset without data has HasNoData, one with data has not
-- Source: Define-XML 2.1 section 5.3.9 (ItemGroupDef, HasNoData)
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT
    d.dataset,
    CASE
        WHEN d.no_data = 'Yes' THEN 'Define-XML says that ' || d.dataset || ' has no data, and it has'
        WHEN m.dataset IS NULL THEN 'Define-XML describes ' || d.dataset || ', which is not there'
    END AS cause
FROM define.datasets AS d
LEFT JOIN meta.datasets AS m ON m.standard = d.standard AND m.dataset = d.dataset
WHERE d.no_data = 'Yes' AND m.records > 0 OR coalesce(d.no_data, 'No') <> 'Yes' AND m.dataset IS NULL
