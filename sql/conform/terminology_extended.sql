-- One record per text of a variable with an extensible codelist that neither the codelist nor the study
--   has.
-- Words: {variable} has the value '{cause}', which is not a term of its extensible codelist
-- Todo: look whether a term means the same and map the value to it; where none does, Define-XML marks it as
--   extended
-- Source: SDTMIG 3.4 section 4.3; SDTM CT 2025-03-28
-- Severity: warning
-- Standard: SDTM
WITH s AS (
    SELECT
        stem,
        any_value(codelists) AS codelists
    FROM standards.sdtmig
    GROUP BY stem
    HAVING count(DISTINCT codelists::VARCHAR) = 1 AND count(*) > 1
),

listed AS (
    SELECT
        m.domain,
        m.variable,
        unnest(coalesce(i.codelists, s.codelists)) AS codelist
    FROM (SELECT DISTINCT
        domain,
        variable,
        stem
    FROM meta.variables
    WHERE standard = 'SDTM') AS m
    LEFT JOIN standards.sdtmig AS i
        ON i.domain = CASE m.domain WHEN 'SUPP' THEN 'SUPPQUAL' ELSE m.domain END AND i.variable = m.variable
    LEFT JOIN s ON s.stem = m.stem AND i.variable IS NULL
    WHERE m.variable NOT IN ('RSSTRESC', 'RSTESTCD', 'RSTEST', 'DSDECOD')
),

open_lists AS (
    SELECT
        domain,
        variable,
        list(codelist) AS codelists
    FROM listed
    INNER JOIN standards.codelists USING (codelist)
    GROUP BY ALL
    HAVING bool_or(extensible)
),

t AS (
    SELECT
        codelist,
        term
    FROM standards.terms
    UNION ALL
    SELECT
        codelist,
        term
    FROM study.extensions
),

allowed AS (
    SELECT
        c.domain,
        c.variable,
        t.term
    FROM (SELECT
        domain,
        variable,
        unnest(codelists) AS codelist
    FROM open_lists) AS c
    INNER JOIN t USING (codelist)
    UNION
    -- findings about a disease have the codelists of the disease
    SELECT
        'FA' AS domain,
        CASE WHEN ends_with(l.name, 'Code') THEN 'FATESTCD' ELSE 'FATEST' END AS variable,
        t.term
    FROM standards.codelists AS l
    INNER JOIN standards.terms AS t USING (codelist)
    WHERE contains(l.name, ' Findings About Test ')
    UNION
    -- as the IG's own examples of TS have them
    SELECT
        'TS' AS domain,
        'TSVCDREF' AS variable,
        unnest(['ISO 8601', 'ISO 3166-1 Alpha-3']) AS term
)

SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
SEMI JOIN open_lists AS c ON v.domain = c.domain AND v.variable = c.variable
ANTI JOIN allowed AS a ON v.domain = a.domain AND v.variable = a.variable AND lower(v.value) = lower(a.term)
WHERE v.standard = 'SDTM'
-- the codelist of results is of words: a number, a titre or a limit is none of its terms
AND NOT (v.stem = '--STRESC' AND regexp_matches(v.value, '^[<>=~+-]*\s*[0-9.]'))
