-- One record per analysis variable whose type is neither that of the ADaMIG nor that of SDTM.
-- Words: {variable} is {value}, in the standard it is {cause}
-- Todo: write the variable with the type of the standard
-- Source: ADaMIG 1.3, tables of section 3
-- Severity: error
-- Standard: ADaM
WITH
types AS (
    SELECT
        v.dataset,
        v.variable,
        v.type,
        a.type AS standard_type
    FROM meta.variables AS v
    -- no letter of a name stands for another in the first place: only the names that begin so are compared
    INNER JOIN
        standards.adamig AS a
        ON a.variable[1] = v.variable[1] AND regexp_full_match(v.variable, a.pattern)
    WHERE v.standard = 'ADaM'
    UNION ALL
    SELECT
        v.dataset,
        v.variable,
        v.type,
        i.type AS standard_type
    FROM meta.variables AS v
    INNER JOIN standards.sdtmig AS i USING (variable)
    WHERE v.standard = 'ADaM'
)

SELECT
    dataset,
    variable,
    min(standard_type) AS cause,
    min(type) AS value
FROM types
GROUP BY dataset, variable
HAVING NOT bool_or(type = standard_type)
