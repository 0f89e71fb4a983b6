-- One record per term of a dictionary that stands under several terms where it has one place.
-- Words: '{cause}' stands under more than one {variable}
-- Todo: code again with one version of the dictionary, along the primary path
-- Source: MedDRA introductory guide: a lowest level term has one preferred term, a preferred term one
--   primary SOC; SDTMIG
--   3.4 section 6.2.1
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --DECOD, --LLT or --SOC
-- Classes: EVENTS
WITH
places AS (
    SELECT
        _row,
        unnest([
            { 'stem': 'DECOD', 'term': LLT, 'above': DECOD }, { 'stem': 'SOC', 'term': DECOD, 'above': SOC }
        ], recursive := TRUE) AS told
    FROM record
),

counted AS (
    SELECT
        stem,
        term,
        above,
        min(_row) AS _row,
        count(*) AS records
    FROM places
    WHERE term IS NOT NULL AND above IS NOT NULL
    GROUP BY ALL
)

SELECT
    $domain || stem AS variable,
    term AS cause,
    arg_min(above, records) AS value,
    arg_min(_row, records) AS _row
FROM counted
GROUP BY stem, term
HAVING count(*) > 1
