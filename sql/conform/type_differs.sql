-- One record per variable that is text where the IG has a number, or a number where the IG has text.
-- Words: {variable} is {value}, in the IG it is {cause}
-- Todo: write the variable with the type of the IG
-- Source: SDTMIG 3.4, table of the domain; CG0012; CORE-001082
-- Severity: error
-- Standard: SDTM
SELECT
    v.dataset,
    v.variable,
    i.type AS cause,
    v.type AS value
FROM meta.variables AS v
INNER JOIN standards.sdtmig AS i
    ON i.domain = CASE v.domain WHEN 'SUPP' THEN 'SUPPQUAL' ELSE v.domain END AND i.variable = v.variable
WHERE v.standard = 'SDTM' AND v.type <> i.type
