-- One record per dataset whose keys Define-XML does not give, or gives by a variable that is not there.
-- Words: Define-XML gives {dataset} no keys
-- Todo: number the variables that make a record unique (KeySequence)
-- Source: Define-XML 2.1 section 5.3.10 (KeySequence)
-- Severity: error
-- Standard: Define
-- Needs: define
WITH k AS (
    SELECT
        standard,
        dataset
    FROM define.variables
    WHERE key IS NOT NULL
)

SELECT d.dataset
FROM define.datasets AS d
ANTI JOIN k
    ON k.standard = d.standard AND k.dataset = d.dataset
WHERE coalesce(d.no_data, 'No') <> 'Yes'
