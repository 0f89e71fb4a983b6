-- One record per variable or value without the length or digits that its type asks for.
-- Words: Define-XML gives {variable} no {cause}
-- Todo: give text, integer and float a Length, float also SignificantDigits
-- Source: Define-XML 2.1 section 5.3.11 (Length, SignificantDigits)
-- Severity: error
-- Standard: Define
-- Needs: define
WITH
items AS (
    SELECT
        dataset,
        variable,
        type,
        length,
        digits
    FROM define.variables
    UNION ALL
    SELECT
        dataset,
        variable,
        type,
        length,
        digits
    FROM define.values
)

SELECT
    dataset,
    variable,
    CASE WHEN type IS NULL THEN 'type' WHEN length IS NULL THEN 'length' ELSE 'number of digits' END AS cause
FROM items
WHERE
    type IS NULL
    OR type IN ('text', 'integer', 'float') AND length IS NULL
    OR type = 'float' AND digits IS NULL
