-- One record per analysis dataset without a label.
-- Words: {dataset} has no label
-- Todo: give the dataset a label of up to 40 characters
-- Source: ADaMIG 1.3 section 2.3; FDA Study Data Technical Conformance Guide section 3.3
-- Severity: error
-- Standard: ADaM
SELECT dataset
FROM meta.datasets
WHERE standard = 'ADaM' AND trim(coalesce(label, '')) = ''
