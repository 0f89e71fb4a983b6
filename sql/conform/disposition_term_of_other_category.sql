-- One record per term of disposition that is none of the codelist that its category has.
-- Words: DSDECOD '{cause}' is no term of the codelist of its DSCAT
-- Todo: map DSDECOD to a term of the codelist of DSCAT, or correct DSCAT; an added term is marked in
--   Define-XML
-- Source: SDTMIG 3.4 section 6.2.4, DS assumptions on DSCAT and DSDECOD
-- Severity: warning
-- Standard: SDTM
-- Needs: DS.DSDECOD, DS.DSCAT
WITH lists (dscat, codelist) AS (
    VALUES
    ('DISPOSITION EVENT', 'C66727'),
    ('PROTOCOL MILESTONE', 'C114118'),
    ('OTHER EVENT', 'C150811')
),

allowed AS (
    SELECT
        l.dscat,
        lower(t.term) AS term
    FROM lists AS l
    INNER JOIN meta.terms AS t USING (codelist)
)

SELECT
    d._dataset AS dataset,
    'DSDECOD' AS variable,
    d.DSDECOD AS cause,
    d.DSDECOD AS value,
    d._row
FROM sdtm.DS AS d
SEMI JOIN lists AS l ON d.DSCAT = l.dscat
ANTI JOIN allowed AS a ON d.DSCAT = a.dscat AND lower(d.DSDECOD) = a.term
WHERE d.DSDECOD IS NOT NULL
