-- One record per required variable that has no value in some records.
-- Words: the required variable {variable} has no value in {records} records
-- Todo: fill it from what was collected
-- Source: SDTMIG 3.4 section 4.1.5 (Core); CG0014; CORE-000356
-- Severity: error
-- Standard: SDTM
SELECT
    v.dataset,
    v.variable,
    d.records - v.filled AS records
FROM meta.variables AS v
INNER JOIN meta.datasets AS d USING (standard, dataset)
INNER JOIN standards.sdtmig AS i
    ON i.domain = CASE v.domain WHEN 'SUPP' THEN 'SUPPQUAL' ELSE v.domain END AND i.variable = v.variable
WHERE
    v.standard = 'SDTM' AND i.core = 'Req' AND v.filled < d.records
    AND NOT (
        i.variable = 'USUBJID' AND EXISTS (
            SELECT 1
            FROM meta.variables AS w
            WHERE w.dataset = d.dataset AND w.variable IN ('POOLID', 'APID', 'SPDEVID')
        )
    )
