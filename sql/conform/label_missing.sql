-- One record per variable without a label.
-- Words: {variable} has no label
-- Todo: give it the label of the standard
-- Source: SDTMIG 3.4 section 4.1.5; ADaMIG 1.3 section 3.1
-- Severity: error
-- Standard: both
SELECT
    dataset,
    variable
FROM meta.variables
WHERE trim(coalesce(label, '')) = ''
