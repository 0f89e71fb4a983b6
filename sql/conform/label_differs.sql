-- One record per variable whose label is not the one of the IG.
-- Words: the label of {variable} is '{value}', that of the IG is '{cause}'
-- Todo: take the label of the IG
-- Source: SDTMIG 3.4 section 4.1.5 and the table of the domain; CG0314
-- Severity: error
-- Standard: SDTM
SELECT
    v.dataset,
    v.variable,
    i.label AS cause,
    v.label AS value
FROM meta.variables AS v
INNER JOIN standards.sdtmig AS i
    ON i.domain = CASE v.domain WHEN 'SUPP' THEN 'SUPPQUAL' ELSE v.domain END AND i.variable = v.variable
WHERE v.standard = 'SDTM' AND v.label <> i.label
