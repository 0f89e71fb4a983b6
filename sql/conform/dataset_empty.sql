-- One record per dataset without records.
-- Words: {dataset} has no record
-- Todo: leave the dataset out, and say so in Define-XML (HasNoData) where records were planned
-- Source: SDTMIG 3.4 section 3.2; CG0408; CORE-000579
-- Severity: error
-- Standard: both
SELECT dataset
FROM meta.datasets
WHERE records = 0
