-- One record per object of findings about a domain that none of the domain's records names.
-- Words: FAOBJ '{cause}' is neither term nor treatment of any record of the parent domain
-- Todo: write the object as the parent record names it (--TERM, --TRT or --DECOD)
-- Source: SDTMIG 3.4 section 6.4.3; CG0174; CORE-000744
-- Severity: warning
-- Standard: SDTM
-- Needs: FA.FAOBJ
WITH
objects AS (
    SELECT
        dataset,
        value,
        records,
        _row,
        dataset[3:4] AS parent
    FROM meta.values
    WHERE standard = 'SDTM' AND domain = 'FA' AND variable = 'FAOBJ' AND length(dataset) = 4
),

named AS (
    SELECT DISTINCT
        domain,
        lower(value) AS value
    FROM meta.values
    WHERE standard = 'SDTM' AND stem IN ('--TERM', '--TRT', '--DECOD')
)

SELECT
    o.dataset,
    'FAOBJ' AS variable,
    o.value AS cause,
    o.value,
    o.records,
    o._row
FROM objects AS o
ANTI JOIN named AS n ON o.parent = n.domain AND lower(o.value) = n.value
WHERE o.parent IN (SELECT p.domain FROM named AS p)
