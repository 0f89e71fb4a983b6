-- One record per dataset and study identifier that is not the one of the study.
-- Words: STUDYID is '{cause}', elsewhere it is {value}
-- Todo: give all records of a study one STUDYID
-- Source: SDTMIG 3.4 section 4.1.2; FDA Technical Rejection Criteria (STUDYID of TS and DM)
-- Severity: error
-- Standard: both
WITH
most AS (
    SELECT arg_max(value, datasets) AS studyid
    FROM (
        SELECT
            value,
            count(DISTINCT dataset) AS datasets
        FROM meta.values
        WHERE variable = 'STUDYID'
        GROUP BY value
    ) AS counted
)

SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    m.studyid AS value,
    v.records,
    v._row
FROM meta.values AS v
CROSS JOIN most AS m
WHERE v.variable = 'STUDYID' AND v.value <> m.studyid
