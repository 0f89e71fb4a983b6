-- One record per dataset whose file is larger than an agency takes.
-- Words: the file of {dataset} has more than 5 GB
-- Todo: split the dataset, and say so in the reviewer's guide
-- Source: FDA Study Data Technical Conformance Guide section 3.3.2; FB2401; CORE-000765
-- Severity: error
-- Standard: both
SELECT dataset
FROM meta.datasets
WHERE bytes > 5 * 1024 * 1024 * 1024::BIGINT
