-- One record per domain that a related record or a comment names and that is not there, or is not its own.
-- Words: RDOMAIN '{cause}' is no domain of the study, or not that of {dataset}
-- Todo: correct RDOMAIN, or add the domain
-- Source: SDTMIG 3.4 sections 5.1, 8.2 and 8.4; CG0334; CG0369; CG0373; CG0374; CORE-000384; CORE-000502;
--   CORE-000538
-- Severity: error
-- Standard: SDTM
WITH d AS (
    SELECT DISTINCT domain FROM meta.datasets
    WHERE standard = 'SDTM'
)

SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
LEFT JOIN d ON d.domain = v.value
WHERE
    v.standard = 'SDTM' AND v.variable = 'RDOMAIN'
    AND (d.domain IS NULL OR v.domain = 'SUPP' AND NOT starts_with(v.dataset[5:], v.value))
