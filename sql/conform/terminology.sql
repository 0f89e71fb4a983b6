-- One record per text of a variable with a codelist that nobody may extend, which is none of its terms.
-- Words: {variable} has the value '{cause}', which is not a term of its codelist
-- Todo: map the value to a term of the codelist; this codelist may not be extended
-- Source: SDTMIG 3.4 section 4.3; SDTM CT 2025-03-28
-- Severity: error
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
    -- the IG's codelist is of words and of oncology; numbers and instruments have others
    WHERE m.variable NOT IN ('LBSTRESC', 'EGSTRESC', 'RSSTRESC', 'RSTESTCD', 'RSTEST', 'DSDECOD')
),

closed AS (
    SELECT
        domain,
        variable,
        list(codelist) AS codelists
    FROM listed
    INNER JOIN standards.codelists USING (codelist)
    GROUP BY ALL
    HAVING NOT bool_or(extensible)
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
    FROM closed) AS c
    INNER JOIN standards.terms AS t USING (codelist)
    UNION
    SELECT
        'DM' AS domain,
        'RACE' AS variable,
        'MULTIPLE' AS term -- SDTMIG 3.4 section 5.2, assumption on RACE
)

SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
SEMI JOIN closed AS c ON v.domain = c.domain AND v.variable = c.variable
ANTI JOIN allowed AS a ON v.domain = a.domain AND v.variable = a.variable AND lower(v.value) = lower(a.term)
WHERE v.standard = 'SDTM'
