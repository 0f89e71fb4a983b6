-- One record per variable whose name does not fit a transport file.
-- Words: the name {variable} is not 1 to 8 upper-case letters and digits that begin with a letter
-- Todo: rename the variable
-- Source: SAS transport format version 5; FDA Study Data Technical Conformance Guide section 3.3; CG0310;
--   CORE-000182
-- Severity: error
-- Standard: both
SELECT
    dataset,
    variable
FROM meta.variables
WHERE NOT regexp_full_match(variable, '[A-Z][A-Z0-9_]{0,7}')
