-- One record per required variable of the IG that a dataset has not.
-- Words: the required variable {variable} is not there
-- Todo: add the variable
-- Source: SDTMIG 3.4 section 4.1.5 (Core); CG0014; CORE-000355
-- Severity: error
-- Standard: SDTM
SELECT
    d.dataset,
    i.variable
FROM meta.datasets AS d
INNER JOIN standards.sdtmig AS i ON i.domain = CASE d.domain WHEN 'SUPP' THEN 'SUPPQUAL' ELSE d.domain END
ANTI JOIN meta.variables AS v ON v.standard = 'SDTM' AND v.dataset = d.dataset AND v.variable = i.variable
WHERE d.standard = 'SDTM' AND i.core = 'Req'
-- records about a pool or a device have these instead
AND NOT (
    i.variable = 'USUBJID' AND EXISTS (
        SELECT 1
        FROM meta.variables AS w
        WHERE w.dataset = d.dataset AND w.variable IN ('POOLID', 'APID', 'SPDEVID')
    )
)
