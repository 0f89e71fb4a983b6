-- One record per derived variable or value without a method, or with a method without words.
-- Words: {variable} is derived, and Define-XML does not say how
-- Todo: describe the derivation in a MethodDef
-- Source: Define-XML 2.1 section 5.3.11 (Origin) and 5.3.16 (MethodDef)
-- Severity: error
-- Standard: Define
-- Needs: define
WITH
items AS (
    SELECT
        standard,
        dataset,
        variable,
        method,
        origin,
        valuelist
    FROM define.variables
    UNION ALL
    SELECT
        standard,
        dataset,
        variable,
        method,
        origin,
        NULL AS valuelist
    FROM define.values
)

SELECT DISTINCT
    i.dataset,
    i.variable
FROM items AS i
LEFT JOIN define.methods AS m ON m.standard = i.standard AND m.method = i.method
WHERE
    (i.origin = 'Derived' OR i.method IS NOT NULL) AND m.words IS NULL
    AND NOT EXISTS (
        SELECT 1
        FROM define.values AS v
        WHERE v.standard = i.standard AND v.valuelist = i.valuelist AND v.method IS NOT NULL
    )
