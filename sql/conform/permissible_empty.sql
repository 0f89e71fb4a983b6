-- One record per permissible variable without any value; a study day stands beside its date all the same.
-- Words: {variable} is permissible and has no value in any record
-- Todo: drop it where it was not collected
-- Source: SDTMIG 3.4 section 4.1.5 (Core)
-- Severity: note
-- Standard: SDTM
SELECT
    v.dataset,
    v.variable,
    d.records
FROM meta.variables AS v
INNER JOIN meta.datasets AS d USING (standard, dataset)
LEFT JOIN standards.sdtmig AS i
    ON i.domain = CASE v.domain WHEN 'SUPP' THEN 'SUPPQUAL' ELSE v.domain END AND i.variable = v.variable
ANTI JOIN meta.variables AS t
    ON
        v.standard = t.standard AND v.dataset = t.dataset
        AND regexp_replace(v.stem, '^--(ST|EN)?DY$', '--\1DTC') = t.stem AND v.stem <> t.stem
WHERE v.standard = 'SDTM' AND v.filled = 0 AND d.records > 0 AND coalesce(i.core, 'Perm') = 'Perm'
