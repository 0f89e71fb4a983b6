-- One record per variable whose role in Define-XML is not the one of the IG.
-- Words: the role of {variable} is {value} in Define-XML and {cause} in the IG
-- Todo: give the role of the IG
-- Source: SDTMIG 3.4, table of the domain; CG0010; CORE-001081
-- Severity: error
-- Standard: Define
-- Needs: define SDTM
SELECT
    v.dataset,
    v.variable,
    i.role AS cause,
    v.role AS value
FROM define.variables AS v
INNER JOIN meta.datasets AS d USING (standard, dataset)
INNER JOIN standards.sdtmig AS i
    ON i.domain = CASE d.domain WHEN 'SUPP' THEN 'SUPPQUAL' ELSE d.domain END AND i.variable = v.variable
WHERE v.standard = 'SDTM' AND upper(v.role) <> upper(i.role)
