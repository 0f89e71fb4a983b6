-- One record per term of a dictionary without its code, or code without its term.
-- Words: {variable} is missing beside its term or code
-- Todo: fill {variable} from the dictionary
-- Source: SDTMIG 3.4 section 6.2.1; CG0050; CG0082; CORE-000024; CORE-000267
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: --DECOD or --BODSYS or --SOC, --PTCD or --LLTCD or --BDSYCD or --SOCCD or --HLTCD or --HLGTCD
WITH
there AS (
    SELECT stem FROM meta.variables
    WHERE dataset = $dataset
),

coded AS (
    SELECT
        _row,
        unnest([
            { 'stem': '--LLT', 'with_code': '--LLTCD', 'term': LLT IS NOT NULL, 'code': LLTCD IS NOT NULL },
            { 'stem': '--DECOD', 'with_code': '--PTCD', 'term': DECOD IS NOT NULL, 'code': PTCD IS NOT NULL },
            { 'stem': '--HLT', 'with_code': '--HLTCD', 'term': HLT IS NOT NULL, 'code': HLTCD IS NOT NULL },
            {
                'stem': '--HLGT',
                'with_code': '--HLGTCD',
                'term': HLGT IS NOT NULL,
                'code': HLGTCD IS NOT NULL
            },
            {
                'stem': '--BODSYS',
                'with_code': '--BDSYCD',
                'term': BODSYS IS NOT NULL,
                'code': BDSYCD IS NOT NULL
            },
            { 'stem': '--SOC', 'with_code': '--SOCCD', 'term': SOC IS NOT NULL, 'code': SOCCD IS NOT NULL }
        ], recursive := TRUE) AS told
    FROM record
)

SELECT
    $domain || if(c.term, c.with_code, c.stem)[3:] AS variable,
    c._row
FROM coded AS c
WHERE
    c.term <> c.code AND c.stem IN (SELECT t.stem FROM there AS t)
    AND c.with_code IN (
        -- a code that is nowhere given is that of a dictionary without codes
        SELECT v.stem FROM meta.variables AS v
        WHERE v.dataset = $dataset AND v.filled > 0
    )
