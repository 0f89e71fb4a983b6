-- One record per label, of a variable or a dataset, that is longer than a transport file holds, or not
--   plain text.
-- Words: the label '{value}' {cause}
-- Todo: shorten it to 40 ASCII characters
-- Source: SAS transport format version 5; FDA Study Data Technical Conformance Guide section 3.3; CG0311;
--   CORE-000019
-- Severity: error
-- Standard: both
WITH
labels AS (
    SELECT
        dataset,
        variable,
        label
    FROM meta.variables
    UNION ALL
    SELECT
        dataset,
        NULL AS variable,
        label
    FROM meta.datasets
)

SELECT
    dataset,
    variable,
    CASE
        WHEN strlen(label) > 40 THEN 'is longer than 40 bytes'
        WHEN label <> trim(label) THEN 'begins or ends with a blank'
        ELSE 'has characters outside ASCII'
    END AS cause,
    label AS value
FROM labels
WHERE strlen(label) > 40 OR label <> trim(label) OR NOT regexp_full_match(label, '[ -~]*')
