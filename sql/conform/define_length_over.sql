-- One record per text variable whose length in Define-XML is more than any text of it in the study needs.
-- Words: the length of {variable} is {value} in Define-XML, its longest text has {cause} bytes
-- Todo: give the length of the longest text, in the file and in Define-XML
-- Source: Define-XML 2.1 section 5.3.11 (Length); FDA Study Data Technical Conformance Guide section 3.3.4
-- Severity: note
-- Standard: Define
-- Needs: define
WITH
needs AS (
    SELECT
        standard,
        variable,
        max(longest) AS longest,
        max(length) AS length
    FROM meta.variables
    GROUP BY standard, variable
)

SELECT
    v.dataset,
    v.variable,
    greatest(n.longest, 1)::VARCHAR AS cause,
    v.length::VARCHAR AS value
FROM define.variables AS v
INNER JOIN needs AS n USING (standard, variable)
WHERE v.type = 'text' AND v.length > greatest(coalesce(n.longest, 1), coalesce(n.length, 1), 1)
