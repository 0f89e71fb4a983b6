-- One record per dataset whose name does not fit the standard or a transport file.
-- Words: the name {dataset} {cause}
-- Todo: name a dataset by its domain, a part of it by one or two letters more, the qualifiers by SUPP
--   before it
-- Source: SDTMIG 3.4 sections 4.1.7 and 8.4; CG0017; CG0018; CG0205; CORE-000293; CORE-000357; CORE-000510
-- Severity: error
-- Standard: both
SELECT
    d.dataset,
    CASE
        WHEN NOT regexp_full_match(d.dataset, '[A-Z][A-Z0-9]{0,7}')
            THEN 'is not 1 to 8 letters and digits that begin with a letter'
        WHEN d.standard = 'ADaM' THEN 'does not begin with AD'
        ELSE 'is none of a domain or of a part of a domain'
    END AS cause
FROM meta.datasets AS d
WHERE
    NOT regexp_full_match(d.dataset, '[A-Z][A-Z0-9]{0,7}')
    OR d.standard = 'ADaM' AND NOT starts_with(d.dataset, 'AD')
    OR d.standard = 'SDTM'
    AND NOT regexp_full_match(
        d.dataset,
        '(AP)?[A-Z][A-Z0-9]([A-Z0-9]{1,2})?|SUPP[A-Z][A-Z0-9]{0,3}|SQ[A-Z0-9]{1,6}|REL[A-Z]{3,4}|POOLDEF'
    )
