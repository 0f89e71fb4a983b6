-- One record per dataset without a label, or of a whole domain with another label than the IG has.
-- Words: the label of {dataset} is '{value}', that of the IG is '{cause}'
-- Todo: take the label of the IG; a part of a domain says in its label which
-- Source: SDTMIG 3.4 section 3.2.1
-- Severity: warning
-- Standard: SDTM
WITH
titles AS (
    SELECT
        domain,
        any_value(dataset_label) AS label
    FROM standards.sdtmig
    GROUP BY domain
)

SELECT
    d.dataset,
    coalesce(replace(t.label, '[domain name]', d.dataset[5:]), 'another') AS cause,
    coalesce(d.label, '') AS value
FROM meta.datasets AS d
LEFT JOIN titles AS t ON t.domain = CASE d.domain WHEN 'SUPP' THEN 'SUPPQUAL' ELSE d.domain END
WHERE
    d.standard = 'SDTM'
    AND (
        trim(coalesce(d.label, '')) = ''
        OR d.dataset IN (d.domain, 'RELREC') AND d.label <> t.label
        OR d.domain = 'SUPP' AND NOT starts_with(d.label, 'Supplemental Qualifiers for ')
    )
