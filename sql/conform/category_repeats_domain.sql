-- One record per category that only says again what the domain is.
-- Words: {variable} has the value '{cause}', which is the label of the domain
-- Todo: leave the category missing, or give one that tells the records of the domain apart
-- Source: SDTMIG 3.4 section 4.2.6 (grouping variables); CG0350; CORE-000219
-- Severity: warning
-- Standard: SDTM
WITH
titles AS (
    SELECT DISTINCT
        domain,
        dataset_label
    FROM standards.sdtmig
)

SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
INNER JOIN titles AS t USING (domain)
WHERE v.standard = 'SDTM' AND v.stem IN ('--CAT', '--SCAT') AND lower(v.value) = lower(t.dataset_label)
