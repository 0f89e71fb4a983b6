-- One record per dataset whose variables are not in the order of the IG: the variable that is most out of
--   place.
-- Words: {variable} is out of the order of the IG, in which {cause}
-- Todo: put the variables into the order of the IG
-- Source: SDTMIG 3.4 section 4.1.4; CG0664; CORE-000852
-- Severity: error
-- Standard: SDTM
WITH
placed AS (
    SELECT
        v.dataset,
        v.variable,
        v.position,
        i.position AS ig
    FROM meta.variables AS v
    INNER JOIN standards.sdtmig AS i
        ON i.domain = CASE v.domain WHEN 'SUPP' THEN 'SUPPQUAL' ELSE v.domain END AND i.variable = v.variable
    WHERE v.standard = 'SDTM'
),

against AS (
    SELECT
        a.dataset,
        a.variable,
        count(*) AS others,
        min(a.position) AS position,
        CASE
            WHEN min(b.position) < min(a.position) THEN 'it comes before ' || arg_min(b.variable, b.ig)
            ELSE 'it comes after ' || arg_max(b.variable, b.ig)
        END AS cause
    FROM placed AS a
    INNER JOIN placed AS b
        ON
            a.dataset = b.dataset
            AND (a.position < b.position AND a.ig > b.ig OR a.position > b.position AND a.ig < b.ig)
    GROUP BY a.dataset, a.variable
)

SELECT
    dataset,
    arg_max(variable, others * 1000 - position) AS variable,
    arg_max(cause, others * 1000 - position) AS cause
FROM against
GROUP BY dataset
