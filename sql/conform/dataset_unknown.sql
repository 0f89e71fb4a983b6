-- One record per dataset of a domain that the IG has not.
-- Words: {dataset} is no domain of the IG
-- Todo: put the records into the domain of their topic; a domain of one's own stands in Define-XML and the
--   guide
-- Source: SDTMIG 3.4 sections 2.6 and 3.2
-- Severity: note
-- Standard: SDTM
SELECT d.dataset
FROM meta.datasets AS d
ANTI JOIN standards.sdtmig AS i ON i.domain = CASE d.domain WHEN 'SUPP' THEN 'SUPPQUAL' ELSE d.domain END
WHERE d.standard = 'SDTM' AND d.domain NOT IN ('POOLDEF') AND NOT starts_with(d.domain, 'AP')
