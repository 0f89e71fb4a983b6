-- One record per variable or value whose origin Define-XML does not give, or gives by a word that is none.
-- Words: the origin of {variable} is {cause}
-- Todo: give Collected, Derived, Assigned, Protocol, Predecessor or Not Available
-- Source: Define-XML 2.1 section 5.3.11 (Origin)
-- Severity: error
-- Standard: Define
-- Needs: define
WITH l AS (
    SELECT DISTINCT
        standard,
        valuelist
    FROM define.values
    WHERE origin IS NOT NULL
)

SELECT DISTINCT
    v.dataset,
    v.variable,
    coalesce('''' || v.origin || '''', 'missing') AS cause
FROM define.variables AS v
INNER JOIN meta.variables AS m USING (standard, dataset, variable)
-- values of a list may each have an origin
LEFT JOIN l
    ON l.standard = v.standard AND l.valuelist = v.valuelist
WHERE
    v.origin IS NULL AND l.valuelist IS NULL
    OR v.origin NOT IN (
        'Collected', 'Derived', 'Assigned', 'Protocol', 'Predecessor', 'Not Available', 'CRF', 'eDT', 'Other'
    )
