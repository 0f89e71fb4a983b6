-- One record per variable that means nothing without another one, which is not there.
-- Words: {variable} is there without {cause}
-- Todo: add the other variable, or drop this one
-- Source: SDTMIG 3.4 sections 4.1 and 4.4; CG0058; CG0060; CG0062; CG0084; CG0088; CG0091; CG0093; CG0095;
--   CG0115; CG0116; CG0503; CORE-000015; CORE-000023; CORE-000079; CORE-000166; CORE-000171; CORE-000258;
--   CORE-000261
-- Severity: error
-- Standard: SDTM
WITH
partners (stem, partner, class) AS (
    VALUES
    ('--TPTNUM', '--TPT', NULL), ('--ENRTPT', '--ENTPT', NULL), ('--ENTPT', '--ENRTPT', NULL),
    ('--STRTPT', '--STTPT', NULL),
    ('--STTPT', '--STRTPT', NULL),
    ('--LAT', '--LOC', NULL),
    ('--DIR', '--LOC', NULL),
    ('--PORTOT', '--LOC', NULL), ('MIDSDTC', 'MIDS', NULL), ('--TOX', '--TOXGR', NULL),
    ('--OCCUR', '--PRESP', 'EVENTS'), ('--OCCUR', '--PRESP', 'INTERVENTIONS'), ('--TPTREF', '--TPT', NULL)
)

SELECT
    v.dataset,
    v.variable,
    replace(p.partner, '--', v.domain) AS cause
FROM meta.variables AS v
INNER JOIN meta.datasets AS d USING (standard, dataset)
INNER JOIN partners AS p ON p.stem = v.stem AND coalesce(p.class, d.class) = d.class
ANTI JOIN meta.variables AS w ON w.standard = v.standard AND w.dataset = v.dataset AND w.stem = p.partner
WHERE
    v.standard = 'SDTM'
    AND NOT (p.stem = '--OCCUR' AND v.domain IN ('AE', 'DS', 'DV', 'EX'))
    AND NOT (p.stem IN ('--LAT', '--DIR', '--PORTOT') AND v.domain = 'TR')
