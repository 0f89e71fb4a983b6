-- One record per text variable whose length is not the same in all datasets that have it.
-- Words: the length of {variable} is {value} here and {cause} elsewhere
-- Todo: give the variable one length in all datasets
-- Source: FDA Study Data Technical Conformance Guide section 3.3.4 (column length)
-- Severity: note
-- Standard: both
WITH
most AS (
    SELECT
        standard,
        variable,
        max(length) AS length
    FROM meta.variables
    WHERE type = 'Char' AND length IS NOT NULL
    GROUP BY standard, variable
)

SELECT
    v.dataset,
    v.variable,
    m.length::VARCHAR AS cause,
    v.length::VARCHAR AS value
FROM meta.variables AS v
INNER JOIN most AS m USING (standard, variable)
WHERE v.type = 'Char' AND v.length < m.length AND v.domain <> 'SUPP'
