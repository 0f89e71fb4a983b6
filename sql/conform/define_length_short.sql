-- One record per variable with texts longer than the length that Define-XML gives it.
-- Words: the longest text of {variable} has {value} bytes, the length in Define-XML is {cause}
-- Todo: correct the length in Define-XML
-- Source: Define-XML 2.1 section 5.3.11 (Length)
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT
    m.dataset,
    m.variable,
    v.length::VARCHAR AS cause,
    m.longest::VARCHAR AS value
FROM meta.variables AS m
INNER JOIN define.variables AS v USING (standard, dataset, variable)
WHERE m.type = 'Char' AND v.type = 'text' AND m.longest > v.length
