-- One record per variable whose predecessor Define-XML does not name.
-- Words: the predecessor of {variable} is not named
-- Todo: name dataset and variable, as DM.AGE
-- Source: Define-XML 2.1 section 5.3.11 (Origin, Predecessor)
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT
    dataset,
    variable
FROM define.variables
WHERE origin = 'Predecessor' AND predecessor IS NULL
