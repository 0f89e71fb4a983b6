-- One record per link variable that only one dataset has.
-- Words: {variable} links {dataset} to nothing: no other dataset has one
-- Todo: add the link to the other dataset and RELREC, or drop it
-- Source: SDTMIG 3.4 section 8.3.1; CG0022; CG0024; CORE-000358; CORE-000571
-- Severity: warning
-- Standard: SDTM
SELECT
    min(dataset) AS dataset,
    min(variable) AS variable
FROM meta.variables
WHERE standard = 'SDTM' AND stem IN ('--LNKID', '--LNKGRP')
GROUP BY stem
HAVING count(DISTINCT domain) = 1
