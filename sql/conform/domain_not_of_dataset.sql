-- One record per text of DOMAIN that is not the domain whose name the dataset has.
-- Words: DOMAIN is '{cause}' in the dataset {dataset}
-- Todo: put the dataset's own domain into DOMAIN, or the records into the dataset of their domain
-- Source: SDTMIG 3.4 section 4.1.7; CG0413; CORE-000598
-- Severity: error
-- Standard: SDTM
SELECT
    dataset,
    variable,
    value AS cause,
    value,
    records,
    _row
FROM meta.values
WHERE
    standard = 'SDTM' AND variable = 'DOMAIN' AND domain <> 'SUPP'
    AND (NOT starts_with(dataset, value) OR length(value) <> 2 AND NOT starts_with(value, 'AP'))
