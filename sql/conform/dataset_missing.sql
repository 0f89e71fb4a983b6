-- One record per dataset without which a study cannot be submitted.
-- Words: {cause} is not there
-- Todo: add the dataset
-- Source: SDTMIG 3.4 section 3.2.1; FDA Technical Rejection Criteria 1734 and 1736; CG0368; CORE-000581
-- Severity: error
-- Standard: both
WITH
needed (standard, dataset) AS (
    VALUES ('SDTM', 'DM'), ('SDTM', 'TS'), ('ADaM', 'ADSL')
)

SELECT
    min(d.dataset) AS dataset,
    n.dataset AS cause
FROM needed AS n
INNER JOIN meta.datasets AS d USING (standard)
GROUP BY n.standard, n.dataset
HAVING NOT bool_or(d.dataset = n.dataset)
