-- One record per text of a variable with an extensible codelist that neither the codelist nor the study
--   has.
-- Words: {variable} has the value '{cause}', which is not a term of its extensible codelist
-- Todo: look whether a term means the same and map the value to it; where none does, Define-XML marks it as
--   extended
-- Source: SDTMIG 3.4 section 4.3; SDTM CT 2025-03-28
-- Severity: warning
-- Standard: SDTM
WITH
further AS (
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
SEMI JOIN meta.listed AS l
    ON v.standard = l.standard AND v.domain = l.domain AND v.variable = l.variable AND l.extensible
ANTI JOIN meta.allowed AS a
    ON
        v.standard = a.standard AND v.domain = a.domain AND v.variable = a.variable
        AND lower(v.value) = lower(a.term)
ANTI JOIN further AS f ON v.domain = f.domain AND v.variable = f.variable AND lower(v.value) = lower(f.term)
WHERE
    v.standard = 'SDTM'
    AND v.variable NOT IN ('RSSTRESC', 'RSTESTCD', 'RSTEST', 'DSDECOD')
    -- the codelist of results is of words: a number, a titre or a limit is none of its terms
    AND NOT (v.stem = '--STRESC' AND regexp_matches(v.value, '^[<>=~+-]*\s*[0-9.]'))
