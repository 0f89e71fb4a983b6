-- One record per trial summary value that is no term of the codelist of its parameter.
-- Words: TSVAL of {cause} is not a term of the codelist of this parameter
-- Todo: map the value to a term of the codelist; only an extensible codelist may be extended, and
--   Define-XML says so
-- Source: SDTMIG 3.4 section 7.4.2 (TS) and the codetable of trial summary parameters at CDISC
-- Severity: error
-- Standard: SDTM
-- Needs: TS.TSPARMCD, TS.TSVAL
WITH lists (tsparmcd, codelist) AS (
    VALUES
    ('ADAPT', 'C66742'),
    ('ADDON', 'C66742'),
    ('EXTTIND', 'C66742'),
    ('HLTSUBJI', 'C66742'),
    ('PDPSTIND', 'C66742'),
    ('PDSTIND', 'C66742'),
    ('PIPIND', 'C66742'),
    ('RANDOM', 'C66742'),
    ('RDIND', 'C66742'),
    ('INTMODEL', 'C99076'),
    ('INTTYPE', 'C99078'),
    ('SEXPOP', 'C66732'),
    ('STYPE', 'C99077'),
    ('TBLIND', 'C66735'),
    ('TCNTRL', 'C66785'),
    ('TINDTP', 'C66736'),
    ('TPHASE', 'C66737'),
    ('TTYPE', 'C66739'),
    ('DOSFRM', 'C66726'),
    ('DOSFRQ', 'C71113'),
    ('ROUTE', 'C66729'),
    ('DOSU', 'C71620'),
    ('OBSMODEL', 'C127259'),
    ('OBSTSMMD', 'C127260'),
    ('OBSTPOPD', 'C127261')
),

allowed AS (
    SELECT
        l.tsparmcd,
        t.term
    FROM lists AS l
    INNER JOIN meta.terms AS t USING (codelist)
)

SELECT
    t._dataset AS dataset,
    'TSVAL' AS variable,
    t.TSPARMCD || ': ' || t.TSVAL AS cause,
    t.TSVAL AS value,
    t._row
FROM sdtm.TS AS t
SEMI JOIN lists AS l ON t.TSPARMCD = l.tsparmcd
ANTI JOIN allowed AS a ON t.TSPARMCD = a.tsparmcd AND t.TSVAL = a.term
WHERE t.TSVAL IS NOT NULL
