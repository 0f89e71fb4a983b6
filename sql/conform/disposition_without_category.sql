-- One record per disposition that has a term of a disposition event and no category.
-- Words: DSCAT is missing although DSDECOD '{cause}' is a standard term
-- Todo: fill DSCAT
-- Source: SDTMIG 3.4 section 6.2.4; FDA Business Rule FB1401; CORE-000522
-- Severity: error
-- Standard: SDTM
-- Needs: DS.DSCAT, DS.DSDECOD
SELECT
    s._dataset AS dataset,
    'DSCAT' AS variable,
    s._row,
    s.DSDECOD AS cause
FROM sdtm.DS AS s
SEMI JOIN standards.terms AS t ON s.DSDECOD = t.term AND t.codelist IN ('C66727', 'C114118', 'C150811')
WHERE s.DSCAT IS NULL
