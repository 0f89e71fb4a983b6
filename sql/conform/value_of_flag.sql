-- One record per text of a flag or an answer that this variable may not have, though it is a term of its
--   codelist.
-- Words: {variable} has the value '{cause}'; only {value} may stand there
-- Todo: leave the flag missing where it does not hold; answer a criterion of seriousness with Y or N
-- Source: SDTMIG 3.4 section 4.5 (flags), 6.2.1 (AE); CG0131; CG0387; CG0388; CG0389; CG0390; CG0391;
--   CG0392; CG0393; CG0394; CG0395; CG0396; CG0541; CG0619; CG0653; CORE-000006; CORE-000087; CORE-000170;
--   CORE-000116
-- Severity: error
-- Standard: SDTM
WITH
answers (stem, domain, allowed) AS (
    VALUES
    ('--BLFL', NULL, ['Y']),
    ('--LOBXFL', NULL, ['Y']),
    ('--DRVFL', NULL, ['Y']),
    ('--PRESP', NULL, ['Y']),
    ('--SPCUFL', NULL, ['N']),
    ('DTHFL', 'DM', ['Y']),
    ('--SER', 'AE', ['Y', 'N']),
    ('--SCAN', 'AE', ['Y', 'N']),
    ('--SCONG', 'AE', ['Y', 'N']),
    ('--SDISAB', 'AE', ['Y', 'N']),
    ('--SDTH', 'AE', ['Y', 'N']),
    ('--SHOSP', 'AE', ['Y', 'N']),
    ('--SLIFE', 'AE', ['Y', 'N']),
    ('--SOD', 'AE', ['Y', 'N']),
    ('--SMIE', 'AE', ['Y', 'N']),
    ('--CONTRT', 'AE', ['Y', 'N'])
)

SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    array_to_string(o.allowed, ' or ') AS value,
    v.records,
    v._row
FROM meta.values AS v
INNER JOIN answers AS o ON v.stem = o.stem AND coalesce(o.domain, v.domain) = v.domain
WHERE v.standard = 'SDTM' AND NOT list_contains(o.allowed, v.value) AND v.value IN ('Y', 'N', 'U', 'NA')
