-- One record per code or name that is longer than the standard allows.
-- Words: {variable} '{cause}' is longer than the standard allows
-- Todo: shorten it (ETCD, TSPARMCD: 8 characters; ARMCD: 20; --TEST, TSPARM: 40)
-- Source: SDTMIG 3.4 sections 4.2.1, 5.2, 7.2 and 7.4; CG0123; CG0153; CG0246; CG0257; CG0258; CG0406;
--   CORE-000010; CORE-000143; CORE-000147; CORE-000148; CORE-000185; CORE-000199
-- Severity: error
-- Standard: SDTM
WITH
limits (variable, longest) AS (
    VALUES
    ('ETCD', 8), ('TSPARMCD', 8), ('ARMCD', 20), ('ACTARMCD', 20), ('TSPARM', 40), ('--TEST', 40)
)

SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
INNER JOIN limits AS l ON l.variable IN (v.variable, v.stem)
-- the text of a criterion is as long as it is
WHERE v.standard = 'SDTM' AND v.domain <> 'IE' AND length(v.value) > l.longest
