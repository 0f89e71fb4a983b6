-- One record per record that has the same keys as another, by the keys that Define-XML gives.
-- Words: the keys of {dataset} in Define-XML ({cause}) do not make its records unique
-- Todo: name the variables that tell the records apart (KeySequence), or drop the record that is there twice
-- Source: Define-XML 2.1 section 5.3.10 (KeySequence)
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: define SDTM
WITH
given AS (
    SELECT
        string_agg(variable, ', ' ORDER BY key) AS words,
        list(
            CASE
                WHEN length($domain) = 2 AND starts_with(variable, $domain) THEN variable[3:] ELSE variable
            END
        )
            AS names
    FROM define.variables
    WHERE standard = 'SDTM' AND dataset = $dataset AND key IS NOT NULL
),

known AS (
    SELECT [
        'STUDYID',
        'DOMAIN',
        'RDOMAIN',
        'USUBJID',
        'POOLID',
        'SPDEVID',
        'SEQ',
        'TESTCD',
        'TERM',
        'TRT',
        'DECOD',
        'CAT',
        'SCAT',
        'OBJ',
        'SPEC',
        'LOC',
        'LAT',
        'DIR',
        'METHOD',
        'POS',
        'LEAD',
        'EVAL',
        'EVALID',
        'REPNUM',
        'VISITNUM',
        'VISIT',
        'TPT',
        'TPTNUM',
        'TPTREF',
        'ELTM',
        'DTC',
        'STDTC',
        'ENDTC',
        'ETCD',
        'TAETORD',
        'ARMCD',
        'IDVAR',
        'IDVARVAL',
        'QNAM',
        'RELID',
        'PARMCD',
        'GRPID',
        'SPID',
        'LNKID',
        'REFID',
        'MIDS',
        'NAM',
        'DOSE',
        'DRVFL',
        'ORRES', 'STRESC', 'IETESTCD', 'MIDSTYPE'
    ] AS names
),

marked AS (
    SELECT
        _row,
        hash(
            CASE WHEN list_contains(g.names, 'RDOMAIN') THEN RDOMAIN END,
            CASE WHEN list_contains(g.names, 'USUBJID') THEN USUBJID END,
            CASE WHEN list_contains(g.names, 'POOLID') THEN POOLID END,
            CASE WHEN list_contains(g.names, 'SPDEVID') THEN SPDEVID END,
            CASE WHEN list_contains(g.names, 'SEQ') THEN SEQ END,
            CASE WHEN list_contains(g.names, 'TESTCD') THEN TESTCD END,
            CASE WHEN list_contains(g.names, 'TERM') THEN TERM END,
            CASE WHEN list_contains(g.names, 'TRT') THEN TRT END,
            CASE WHEN list_contains(g.names, 'DECOD') THEN DECOD END,
            CASE WHEN list_contains(g.names, 'CAT') THEN CAT END,
            CASE WHEN list_contains(g.names, 'SCAT') THEN SCAT END,
            CASE WHEN list_contains(g.names, 'OBJ') THEN OBJ END,
            CASE WHEN list_contains(g.names, 'SPEC') THEN SPEC END,
            CASE WHEN list_contains(g.names, 'LOC') THEN LOC END,
            CASE WHEN list_contains(g.names, 'LAT') THEN LAT END,
            CASE WHEN list_contains(g.names, 'DIR') THEN DIR END,
            CASE WHEN list_contains(g.names, 'METHOD') THEN METHOD END,
            CASE WHEN list_contains(g.names, 'POS') THEN POS END,
            CASE WHEN list_contains(g.names, 'LEAD') THEN LEAD END,
            CASE WHEN list_contains(g.names, 'EVAL') THEN EVAL END,
            CASE WHEN list_contains(g.names, 'EVALID') THEN EVALID END,
            CASE WHEN list_contains(g.names, 'REPNUM') THEN REPNUM END,
            CASE WHEN list_contains(g.names, 'VISITNUM') THEN VISITNUM END,
            CASE WHEN list_contains(g.names, 'VISIT') THEN VISIT END,
            CASE WHEN list_contains(g.names, 'TPT') THEN TPT END,
            CASE WHEN list_contains(g.names, 'TPTNUM') THEN TPTNUM END,
            CASE WHEN list_contains(g.names, 'TPTREF') THEN TPTREF END,
            CASE WHEN list_contains(g.names, 'ELTM') THEN ELTM END,
            CASE WHEN list_contains(g.names, 'DTC') THEN DTC END,
            CASE WHEN list_contains(g.names, 'STDTC') THEN STDTC END,
            CASE WHEN list_contains(g.names, 'ENDTC') THEN ENDTC END,
            CASE WHEN list_contains(g.names, 'ETCD') THEN ETCD END,
            CASE WHEN list_contains(g.names, 'TAETORD') THEN TAETORD END,
            CASE WHEN list_contains(g.names, 'ARMCD') THEN ARMCD END,
            CASE WHEN list_contains(g.names, 'IDVAR') THEN IDVAR END,
            CASE WHEN list_contains(g.names, 'IDVARVAL') THEN IDVARVAL END,
            CASE WHEN list_contains(g.names, 'QNAM') THEN QNAM END,
            CASE WHEN list_contains(g.names, 'RELID') THEN RELID END,
            CASE WHEN list_contains(g.names, 'PARMCD') THEN PARMCD END,
            CASE WHEN list_contains(g.names, 'GRPID') THEN GRPID END,
            CASE WHEN list_contains(g.names, 'SPID') THEN SPID END,
            CASE WHEN list_contains(g.names, 'LNKID') THEN LNKID END,
            CASE WHEN list_contains(g.names, 'REFID') THEN REFID END,
            CASE WHEN list_contains(g.names, 'MIDS') THEN MIDS END,
            CASE WHEN list_contains(g.names, 'NAM') THEN NAM END,
            CASE WHEN list_contains(g.names, 'DOSE') THEN DOSE END,
            CASE WHEN list_contains(g.names, 'DRVFL') THEN DRVFL END,
            CASE WHEN list_contains(g.names, 'ORRES') THEN ORRES END,
            CASE WHEN list_contains(g.names, 'STRESC') THEN STRESC END,
            CASE WHEN list_contains(g.names, 'IETESTCD') THEN IETESTCD END,
            CASE WHEN list_contains(g.names, 'MIDSTYPE') THEN MIDSTYPE END
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
