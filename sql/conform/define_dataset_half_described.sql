-- One record per dataset of Define-XML without class, structure, domain, purpose or label.
-- Words: Define-XML gives {dataset} no {cause}
-- Todo: add it
-- Source: Define-XML 2.1 section 5.3.9 (ItemGroupDef)
-- Severity: error
-- Standard: Define
-- Needs: define
WITH
facts AS (
    SELECT
        dataset,
        unnest(['class', 'structure', 'purpose', 'label', 'word on repeating']) AS fact,
        unnest([class, structure, purpose, label, repeating]) AS value
    FROM define.datasets
)

SELECT
    dataset,
    fact AS cause
FROM facts
WHERE trim(coalesce(value, '')) = ''
