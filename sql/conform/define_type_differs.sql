-- One record per variable that is text in the file and a number in Define-XML, or the other way round.
-- Words: {variable} is {value} in the file and {cause} in Define-XML
-- Todo: give both the same type
-- Source: Define-XML 2.1 section 5.3.11 (DataType)
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT
    m.dataset,
    m.variable,
    coalesce(v.type, 'without type') AS cause,
    m.type AS value
FROM meta.variables AS m
INNER JOIN define.variables AS v USING (standard, dataset, variable)
WHERE CASE m.type
    WHEN 'Num' THEN coalesce(v.type, '') NOT IN ('integer', 'float')
    ELSE coalesce(v.type, '') IN ('', 'integer', 'float')
END
-- a Parquet date is a number of days only in a transport file
AND NOT (m.type = 'Num' AND coalesce(m.format, '') IN ('date', 'datetime') AND v.type IN ('date', 'datetime'))
