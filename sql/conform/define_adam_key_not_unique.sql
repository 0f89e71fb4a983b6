-- One record per record of an analysis dataset that has the same keys as another, by the keys in Define-XML.
-- Words: the keys of {dataset} in Define-XML ({cause}) do not make its records unique
-- Todo: name the variables that tell the records apart (KeySequence), or drop the record that is there twice
-- Source: Define-XML 2.1 section 5.3.10 (KeySequence)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: define ADaM
WITH
given AS (
    SELECT
        string_agg(variable, ', ' ORDER BY key) AS words,
        list(variable) AS names
    FROM define.variables
    WHERE standard = 'ADaM' AND dataset = $dataset AND key IS NOT NULL
),

known AS (
    SELECT [
        'STUDYID',
        'USUBJID',
        'PARAMCD',
        'AVISIT',
        'AVISITN',
        'ADT',
        'ADTM',
        'ATPT',
        'ATPTN',
        'ASEQ',
        'ASTDT',
        'ASTDTM',
        'AENDT', 'DTYPE', 'ADY', 'BASETYPE', 'PARAM', 'SRCSEQ', 'ABLFL'
    ] AS names
),

marked AS (
    SELECT
        _row,
        hash(
            CASE WHEN list_contains(g.names, 'USUBJID') THEN USUBJID END,
            CASE WHEN list_contains(g.names, 'PARAMCD') THEN PARAMCD END,
            CASE WHEN list_contains(g.names, 'AVISIT') THEN AVISIT END,
            CASE WHEN list_contains(g.names, 'AVISITN') THEN AVISITN END,
            CASE WHEN list_contains(g.names, 'ADT') THEN ADT END,
            CASE WHEN list_contains(g.names, 'ADTM') THEN ADTM END,
            CASE WHEN list_contains(g.names, 'ATPT') THEN ATPT END,
            CASE WHEN list_contains(g.names, 'ATPTN') THEN ATPTN END,
            CASE WHEN list_contains(g.names, 'ASEQ') THEN ASEQ END,
            CASE WHEN list_contains(g.names, 'ASTDT') THEN ASTDT END,
            CASE WHEN list_contains(g.names, 'ASTDTM') THEN ASTDTM END,
            CASE WHEN list_contains(g.names, 'AENDT') THEN AENDT END,
            CASE WHEN list_contains(g.names, 'DTYPE') THEN DTYPE END,
            CASE WHEN list_contains(g.names, 'ADY') THEN ADY END,
            CASE WHEN list_contains(g.names, 'BASETYPE') THEN BASETYPE END,
            CASE WHEN list_contains(g.names, 'PARAM') THEN PARAM END,
            CASE WHEN list_contains(g.names, 'SRCSEQ') THEN SRCSEQ END,
            CASE WHEN list_contains(g.names, 'ABLFL') THEN ABLFL END
        ) AS content,
        g.words
    FROM record
    CROSS JOIN given AS g
    -- keys that cannot be read here are not judged
    WHERE len(g.names) > 0 AND list_has_all((SELECT k.names FROM known AS k), g.names)
),

twice AS (
    SELECT
        content,
        min(_row) AS first_row
    FROM marked
    GROUP BY content
    HAVING count(*) > 1
)

SELECT
    NULL::VARCHAR AS variable,
    m.words AS cause,
    m._row
FROM marked AS m
INNER JOIN twice AS t USING (content)
WHERE m._row > t.first_row
