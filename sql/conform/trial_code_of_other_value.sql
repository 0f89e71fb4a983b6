-- One record per trial summary value whose CDISC code is that of another term.
-- Words: the code of '{cause}' is not {value}
-- Todo: take the NCI code that controlled terminology gives the term
-- Source: SDTMIG 3.4 section 7.4.2; CG0288; CORE-001080
-- Severity: error
-- Standard: SDTM
-- Needs: TS.TSVALCD, TS.TSVCDREF
WITH
coded AS (
    SELECT
        term,
        list(code) AS codes
    FROM standards.terms
    WHERE term IN (SELECT t.TSVAL FROM sdtm.TS AS t)
    GROUP BY term
)

SELECT
    t._dataset AS dataset,
    'TSVALCD' AS variable,
    t._row,
    t.TSVAL AS cause,
    t.TSVALCD AS value
FROM sdtm.TS AS t
INNER JOIN coded AS c ON t.TSVAL = c.term
WHERE t.TSVCDREF LIKE 'CDISC%' AND t.TSVALCD IS NOT NULL AND NOT list_contains(c.codes, t.TSVALCD)
