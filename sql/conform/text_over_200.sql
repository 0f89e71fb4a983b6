-- One record per text that is longer than a transport file holds.
-- Words: {variable} has texts of more than 200 bytes, the longest of {value}
-- Todo: cut between words at 200 bytes; the rest stands in the supplemental qualifiers, COVAL1 or TSVAL1
-- Source: SAS transport format version 5; SDTMIG 3.4 section 4.5.3.2
-- Severity: error
-- Standard: both
SELECT
    v.dataset,
    v.variable,
    m.longest::VARCHAR AS value,
    v.records,
    v._row
FROM meta.values AS v
INNER JOIN meta.variables AS m USING (standard, dataset, variable)
WHERE m.longest > 200 AND strlen(v.value) > 200
