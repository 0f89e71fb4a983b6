-- One record per dataset of qualifiers or of findings about another one, which is not there.
-- Words: {dataset} speaks of {cause}, which is not there
-- Todo: add the parent dataset, or name the dataset after the one it speaks of
-- Source: SDTMIG 3.4 sections 6.4 and 8.4; CG0333; CG0334; CG0373; CORE-000457; CORE-000540
-- Severity: error
-- Standard: SDTM
SELECT
    d.dataset,
    CASE WHEN d.domain = 'SUPP' THEN d.dataset[5:] ELSE d.dataset[3:4] END AS cause
FROM meta.datasets AS d
ANTI JOIN meta.datasets AS p
    ON
        p.standard = 'SDTM'
        AND CASE
            WHEN d.domain = 'SUPP' THEN d.dataset[5:] IN (p.dataset, p.domain) ELSE p.domain = d.dataset[3:4]
        END
WHERE d.standard = 'SDTM' AND (starts_with(d.dataset, 'SUPP') OR regexp_full_match(d.dataset, 'FA[A-Z]{2}'))
