-- One record per dataset or variable that Define-XML labels otherwise than the file.
-- Words: the label is '{value}' in the file and '{cause}' in Define-XML
-- Todo: give both the same label
-- Source: Define-XML 2.1 section 5.3.11 (ItemDef, Description)
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT
    m.dataset,
    m.variable,
    coalesce(v.label, '') AS cause,
    coalesce(m.label, '') AS value
FROM meta.variables AS m
INNER JOIN define.variables AS v USING (standard, dataset, variable)
WHERE coalesce(m.label, '') <> coalesce(v.label, '')
UNION ALL
SELECT
    m.dataset,
    NULL AS variable,
    coalesce(d.label, '') AS cause,
    coalesce(m.label, '') AS value
FROM meta.datasets AS m
INNER JOIN define.datasets AS d USING (standard, dataset)
WHERE coalesce(m.label, '') <> coalesce(d.label, '')
