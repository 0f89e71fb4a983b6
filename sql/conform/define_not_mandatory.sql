-- One record per required variable of the IG that Define-XML calls not mandatory.
-- Words: {variable} is required in the IG and not mandatory in Define-XML
-- Todo: say Mandatory="Yes"
-- Source: SDTMIG 3.4 section 4.1.5 (Core); Define-XML 2.1 section 5.3.10 (Mandatory)
-- Severity: warning
-- Standard: Define
-- Needs: define SDTM
SELECT
    v.dataset,
    v.variable
FROM define.variables AS v
INNER JOIN meta.datasets AS d USING (standard, dataset)
INNER JOIN standards.sdtmig AS i
    ON i.domain = CASE d.domain WHEN 'SUPP' THEN 'SUPPQUAL' ELSE d.domain END AND i.variable = v.variable
WHERE v.standard = 'SDTM' AND i.core = 'Req' AND coalesce(v.mandatory, 'No') <> 'Yes'
