-- One record per code of a trial summary parameter that stands with the name of another one.
-- Words: '{value}' is not the name of {cause}: controlled terminology has them apart
-- Todo: correct TSPARMCD or TSPARM
-- Source: SDTMIG 3.4 section 7.4.2; codelists C66738 and C67152, whose pairs share one NCI code
-- Severity: error
-- Standard: SDTM
-- Needs: TS.TSPARMCD, TS.TSPARM
WITH
pairs AS (
    SELECT
        c.term AS code,
        n.term AS name
    FROM standards.terms AS c
    INNER JOIN standards.terms AS n USING (code)
    WHERE c.codelist = 'C66738' AND n.codelist = 'C67152'
)

SELECT
    t._dataset AS dataset,
    'TSPARM' AS variable,
    t._row,
    t.TSPARMCD AS cause,
    t.TSPARM AS value
FROM sdtm.TS AS t
SEMI JOIN pairs AS c ON t.TSPARMCD = c.code
SEMI JOIN pairs AS n ON t.TSPARM = n.name
ANTI JOIN pairs AS b ON t.TSPARMCD = b.code AND t.TSPARM = b.name
