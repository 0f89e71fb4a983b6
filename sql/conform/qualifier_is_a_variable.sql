-- One record per qualifier with the name of a variable of its domain.
-- Words: QNAM {cause} is a variable of the domain
-- Todo: put the values into the variable, or name the qualifier otherwise
-- Source: SDTMIG 3.4 section 8.4; CG0314; CORE-000783
-- Severity: error
-- Standard: SDTM
WITH
names AS (
    SELECT
        dataset,
        value AS qnam,
        dataset[5:6] AS domain,
        CASE WHEN starts_with(value, dataset[5:6]) THEN '--' || value[3:] ELSE value END AS stem,
        records,
        _row
    FROM meta.values
    WHERE standard = 'SDTM' AND domain = 'SUPP' AND variable = 'QNAM'
),

classes AS (
    SELECT DISTINCT
        domain,
        class
    FROM standards.sdtmig
),

model AS (
    SELECT DISTINCT
        class,
        stem
    FROM standards.sdtmig
    WHERE class IN ('Events', 'Interventions', 'Findings', 'Findings About')
)

SELECT
    n.dataset,
    'QNAM' AS variable,
    n.qnam AS cause,
    n.qnam AS value,
    n.records,
    n._row
FROM names AS n
LEFT JOIN classes AS c USING (domain)
WHERE
    EXISTS (
        SELECT 1 FROM meta.variables AS v
        WHERE v.dataset = n.dataset[5:] AND v.variable = n.qnam
    )
    OR EXISTS (
        SELECT 1 FROM standards.sdtmig AS i
        WHERE i.domain = n.domain AND i.variable = n.qnam
    )
    OR EXISTS (
        SELECT 1 FROM model AS m
        WHERE m.class = c.class AND m.stem = n.stem
    )
