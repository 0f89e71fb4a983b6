-- One record per expected variable of the IG that a dataset has not.
-- Words: the expected variable {variable} is not there
-- Todo: add the variable, empty where nothing was collected
-- Source: SDTMIG 3.4 section 4.1.5 (Core); CG0016; CORE-000334
-- Severity: warning
-- Standard: SDTM
SELECT
    d.dataset,
    i.variable
FROM meta.datasets AS d
INNER JOIN standards.sdtmig AS i ON i.domain = CASE d.domain WHEN 'SUPP' THEN 'SUPPQUAL' ELSE d.domain END
ANTI JOIN meta.variables AS v ON v.standard = 'SDTM' AND v.dataset = d.dataset AND v.variable = i.variable
WHERE d.standard = 'SDTM' AND i.core = 'Exp'
