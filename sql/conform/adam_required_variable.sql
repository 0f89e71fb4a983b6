-- One record per variable that an analysis dataset of its structure must have and has not.
-- Words: the required variable {variable} is not there
-- Todo: add the variable
-- Source: ADaMIG 1.3 sections 3.2 (ADSL) and 3.3 (BDS); OCCDS 1.1 section 3.2
-- Severity: error
-- Standard: ADaM
WITH
needed AS (
    SELECT
        CASE structure
            WHEN 'Basic Data Structure' THEN 'BASIC DATA STRUCTURE'
            ELSE 'SUBJECT LEVEL ANALYSIS DATASET'
        END AS class,
        variable,
        pattern
    FROM standards.adamig
    WHERE core = 'Req'
    UNION ALL
    VALUES
    ('OCCURRENCE DATA STRUCTURE', 'STUDYID', 'STUDYID'),
    ('OCCURRENCE DATA STRUCTURE', 'USUBJID', 'USUBJID'),
    ('ADAM OTHER', 'STUDYID', 'STUDYID'),
    ('ADAM OTHER', 'USUBJID', 'USUBJID')
)

SELECT
    d.dataset,
    n.variable
FROM meta.datasets AS d
INNER JOIN needed AS n ON n.class = d.class
WHERE
    d.standard = 'ADaM'
    AND NOT EXISTS (
        SELECT 1
        FROM meta.variables AS v
        WHERE v.standard = 'ADaM' AND v.dataset = d.dataset AND regexp_full_match(v.variable, n.pattern)
    )
