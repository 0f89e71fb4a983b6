-- One record per dataset whose file Define-XML names otherwise, or not at all.
-- Words: Define-XML names the file of {dataset} '{cause}'
-- Todo: name the file by the dataset, in lower case
-- Source: Define-XML 2.1 section 5.3.9 (ArchiveLocationID, leaf)
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT
    d.dataset,
    coalesce(d.href, '') AS cause
FROM define.datasets AS d
WHERE
    coalesce(d.no_data, 'No') <> 'Yes'
    AND coalesce(regexp_extract(d.href, '([^/\\]+)\.\w+$', 1), '') <> lower(d.dataset)
