-- One record per dataset whose class in Define-XML is not the one of the IG.
-- Words: the class of {dataset} is {value} in Define-XML and {cause} in the IG
-- Todo: give the class of the IG
-- Source: SDTMIG 3.4 section 3.2.1; Define-XML 2.1 section 5.3.9 (Class)
-- Severity: error
-- Standard: Define
-- Needs: define SDTM
SELECT
    m.dataset,
    m.class AS cause,
    d.class AS value
FROM meta.datasets AS m
INNER JOIN define.datasets AS d USING (standard, dataset)
-- Findings About is a subclass of Findings
WHERE
    m.standard = 'SDTM' AND replace(upper(d.class), '-', ' ') <> m.class
    AND NOT (m.class = 'FINDINGS ABOUT' AND upper(d.class) = 'FINDINGS')
