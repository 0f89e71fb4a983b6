-- One record per code of a dictionary with several terms, or term with several codes.
-- Words: '{cause}' stands with more than one {variable}
-- Todo: code again with one version of the dictionary
-- Source: SDTMIG 3.4 section 6.2.1; CG0049; CG0083; FDA Business Rules FB0905 to FB0911; CORE-000184;
--   CORE-000268
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --DECOD or --CLAS, --LLTCD or --PTCD or --HLTCD or --HLGTCD or --BDSYCD or --SOCCD or --CLASCD
WITH
coded AS (
    SELECT
        _row,
        unnest([
            { 'stem': 'LLT', 'term': LLT, 'code': LLTCD::VARCHAR },
            { 'stem': 'DECOD', 'term': DECOD, 'code': PTCD::VARCHAR },
            { 'stem': 'HLT', 'term': HLT, 'code': HLTCD::VARCHAR },
            { 'stem': 'HLGT', 'term': HLGT, 'code': HLGTCD::VARCHAR },
            { 'stem': 'BODSYS', 'term': BODSYS, 'code': BDSYCD::VARCHAR },
            { 'stem': 'SOC', 'term': SOC, 'code': SOCCD::VARCHAR },
            { 'stem': 'CLAS', 'term': CLAS, 'code': CLASCD::VARCHAR }
        ], recursive := TRUE) AS told
    FROM record
),

pairs AS (
    SELECT
        stem,
        term,
        code,
        min(_row) AS _row,
        count(*) AS records
    FROM coded
    WHERE term IS NOT NULL AND code IS NOT NULL
    GROUP BY ALL
)

SELECT
    $domain || stem AS variable,
    code AS cause,
    arg_min(term, records) AS value,
    arg_min(_row, records) AS _row
FROM pairs
GROUP BY stem, code
HAVING count(*) > 1
UNION ALL
SELECT
    $domain || CASE stem
        WHEN 'DECOD' THEN 'PTCD'
        WHEN 'BODSYS' THEN 'BDSYCD'
        ELSE stem || 'CD'
    END AS variable,
    term AS cause,
    arg_min(code, records) AS value,
    arg_min(_row, records) AS _row
FROM pairs
GROUP BY stem, term
HAVING count(*) > 1
