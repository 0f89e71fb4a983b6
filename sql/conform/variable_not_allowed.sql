-- One record per variable that must not be there: of animal studies, or of another domain.
-- Words: {variable} must not be in {dataset}
-- Todo: drop the variable, or move what it says to the variable that the IG has for it
-- Source: SDTMIG 3.4 sections 2.7 and 6 (assumptions of the domains); CG0040; CG0044; CG0304; CG0352;
--   CG0353; CG0354; CG0355; CG0467; CG0507; CG0508; CG0509; CG0510; CG0511; CG0533; CG0542; CG0552; CG0564;
--   CG0565; CG0566; CG0567; CG0621; CG0622; CG0623; CG0624; CG0631; CG0640; CG0641; CG0642; CG0643; CG0644
-- Severity: error
-- Standard: SDTM
WITH
-- NULL: everywhere; domain: only there it must not be; besides: only there it may be
banned (stem, class, domain, besides) AS (
    VALUES
    ('--USCHFL', NULL, NULL, NULL), ('--RSTIND', NULL, NULL, NULL), ('--RSTMOD', NULL, NULL, NULL),
    ('--IMPLBL', NULL, NULL, NULL), ('--DTHREL', NULL, NULL, NULL), ('--EXCLFL', NULL, NULL, NULL),
    ('--REASEX', NULL, NULL, NULL), ('FETUSID', NULL, NULL, NULL), ('RPHASE', NULL, NULL, NULL),
    ('RPPLDY', NULL, NULL, NULL), ('RPPLSTDY', NULL, NULL, NULL), ('RPPLENDY', NULL, NULL, NULL),
    ('--RPDY', NULL, NULL, NULL), ('--RPSTDY', NULL, NULL, NULL), ('--RPENDY', NULL, NULL, NULL),
    ('--DETECT', NULL, NULL, NULL), ('--NOMDY', NULL, NULL, NULL), ('--NOMLBL', NULL, NULL, NULL),
    ('--RESLOC', NULL, NULL, NULL), ('RPATHCD', NULL, NULL, NULL), ('AGETXT', NULL, 'DM', NULL),
    ('SPECIES', NULL, 'DM', NULL), ('STRAIN', NULL, 'DM', NULL), ('SBSTRAIN', NULL, 'DM', NULL),
    ('--OCCUR', NULL, 'AE', NULL), ('--STAT', NULL, 'AE', NULL), ('--REASND', NULL, 'AE', NULL),
    ('--LOC', NULL, 'TR', NULL), ('--LAT', NULL, 'TR', NULL), ('--DIR', NULL, 'TR', NULL),
    ('--PORTOT', NULL, 'TR', NULL), ('--BEATNO', 'FINDINGS', NULL, 'EG'), ('--AGENT', 'FINDINGS', NULL, 'MS'),
    ('--CONC', 'FINDINGS', NULL, 'MS'),
    ('--CONCU', 'FINDINGS', NULL, 'MS'),
    ('--EVDTYP', 'EVENTS', NULL, 'MH'),
    ('--METHOD', 'INTERVENTIONS', NULL, NULL), ('--STDTC', 'FINDINGS', NULL, NULL)
)

SELECT
    v.dataset,
    v.variable
FROM meta.variables AS v
INNER JOIN meta.datasets AS d USING (standard, dataset)
INNER JOIN banned AS b
    ON
        b.stem = v.stem
        AND coalesce(b.class, d.class) = d.class
        AND coalesce(b.domain, v.domain) = v.domain
        AND v.domain IS DISTINCT FROM b.besides
WHERE v.standard = 'SDTM'
