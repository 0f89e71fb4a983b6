-- One record per qualifier with several labels, or label of several qualifiers.
-- Words: {cause}
-- Todo: give each qualifier one label of its own
-- Source: SDTMIG 3.4 section 8.4; FB0920; CORE-000302
-- Severity: error
-- Standard: SDTM
-- Needs: SUPP.QNAM, SUPP.QLABEL
WITH
pairs AS (
    SELECT
        _dataset AS dataset,
        QNAM,
        QLABEL,
        count(*) AS records,
        min(_row) AS _row
    FROM sdtm.SUPP
    GROUP BY ALL
)

SELECT
    dataset,
    'QLABEL' AS variable,
    'QNAM ' || QNAM || ' has ' || count(*) || ' labels' AS cause,
    string_agg(QLABEL, ', ' ORDER BY QLABEL) AS value,
    sum(records) AS records,
    min(_row) AS _row
FROM pairs
GROUP BY dataset, QNAM
HAVING count(*) > 1
UNION ALL
SELECT
    dataset,
    'QNAM' AS variable,
    'QLABEL ''' || QLABEL || ''' has ' || count(*) || ' names' AS cause,
    string_agg(QNAM, ', ' ORDER BY QNAM) AS value,
    sum(records) AS records,
    min(_row) AS _row
FROM pairs
GROUP BY dataset, QLABEL
HAVING count(*) > 1
