-- One record per variable that is mandatory in Define-XML and has no value in some records.
-- Words: {variable} is mandatory in Define-XML and has no value in {records} records
-- Todo: fill the value, or say Mandatory="No"
-- Source: Define-XML 2.1 section 5.3.10 (Mandatory)
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT
    m.dataset,
    m.variable,
    d.records - m.filled AS records
FROM meta.variables AS m
INNER JOIN define.variables AS v USING (standard, dataset, variable)
INNER JOIN meta.datasets AS d USING (standard, dataset)
WHERE v.mandatory = 'Yes' AND m.filled < d.records
