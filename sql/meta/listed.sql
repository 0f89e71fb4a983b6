-- One record per variable of the datasets and codelist that its values come from; `extensible` where one of
-- its codelists may be extended.
-- Source: SDTMIG 3.4 and ADaMIG 1.3, the codelists of their tables of variables
WITH
everywhere AS ( -- a variable that the IG's table of a domain lacks has the codelist that it has in all others
    SELECT
        stem,
        any_value(codelists) AS codelists
    FROM standards.sdtmig
    GROUP BY stem
    HAVING count(DISTINCT codelists::VARCHAR) = 1 AND count(*) > 1
),

named AS (
    SELECT DISTINCT
        standard,
        domain,
        variable,
        stem
    FROM meta.variables
    WHERE type = 'Char'
),

found AS (
    SELECT
        n.standard,
        n.domain,
        n.variable,
        unnest(coalesce(i.codelists, e.codelists)) AS codelist
    FROM named AS n
    LEFT JOIN standards.sdtmig AS i
        ON i.domain = CASE n.domain WHEN 'SUPP' THEN 'SUPPQUAL' ELSE n.domain END AND n.variable = i.variable
    LEFT JOIN everywhere AS e ON n.stem = e.stem AND i.variable IS NULL
    WHERE n.standard = 'SDTM'
    UNION
    SELECT
        n.standard,
        n.domain,
        n.variable,
        unnest(a.codelists) AS codelist
    FROM named AS n
    INNER JOIN standards.adamig AS a ON regexp_full_match(n.variable, a.pattern)
    WHERE n.standard = 'ADaM'
    UNION
    SELECT -- SDTM variables in ADaM
        n.standard,
        n.domain,
        n.variable,
        unnest(i.codelists) AS codelist
    FROM named AS n
    INNER JOIN standards.sdtmig AS i USING (variable)
    WHERE n.standard = 'ADaM'
    UNION
    SELECT
        n.standard,
        n.domain,
        n.variable,
        'C81225' AS codelist
    FROM named AS n
    WHERE n.standard = 'ADaM' AND n.variable = 'PARAMTYP'
)

SELECT
    f.standard,
    f.domain,
    f.variable,
    f.codelist,
    bool_or(c.extensible) OVER (PARTITION BY f.standard, f.domain, f.variable) AS extensible
FROM found AS f
INNER JOIN standards.codelists AS c USING (codelist)
