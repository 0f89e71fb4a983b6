-- One record per text variable of a transport file that is longer than its longest text in the study.
-- Words: the length of {variable} is {value}, its longest text has {cause} bytes
-- Todo: cut the length to that of the longest text in all datasets that have the variable
-- Source: FDA Study Data Technical Conformance Guide section 3.3.4 (column length)
-- Severity: warning
-- Standard: both
WITH
needs AS (
    SELECT
        standard,
        variable,
        max(longest) AS longest
    FROM meta.variables
    GROUP BY standard, variable
)

SELECT
    v.dataset,
    v.variable,
    greatest(n.longest, 1)::VARCHAR AS cause,
    v.length::VARCHAR AS value
FROM meta.variables AS v
INNER JOIN needs AS n USING (standard, variable)
WHERE v.type = 'Char' AND v.length > greatest(coalesce(n.longest, 1), 1)
