-- One record per subject whose age, sex or country the trial summary does not foresee.
-- Words: {variable} is '{value}', which {cause} of the trial summary does not foresee
-- Todo: correct the subject or the trial summary; a subject who should not have been enrolled is a protocol
--   deviation
-- Source: SDTMIG 3.4 section 7.4.2
-- Severity: warning
-- Standard: SDTM
-- Needs: TS.TSVAL, DM
WITH
plan AS (
    SELECT
        max(TSVAL) FILTER (WHERE TSPARMCD = 'SEXPOP') AS sexes,
        list(TSVAL) FILTER (WHERE TSPARMCD = 'FCNTRY') AS countries,
        try_cast(max(regexp_extract(TSVAL, '^P(\d+)Y$', 1)) FILTER (WHERE TSPARMCD = 'AGEMIN') AS INTEGER)
            AS youngest,
        try_cast(max(regexp_extract(TSVAL, '^P(\d+)Y$', 1)) FILTER (WHERE TSPARMCD = 'AGEMAX') AS INTEGER)
            AS oldest
    FROM sdtm.TS
)

SELECT
    d._dataset AS dataset,
    'AGE' AS variable,
    d._row,
    if(d.AGE < p.youngest, 'AGEMIN', 'AGEMAX') AS cause,
    printf('%g', d.AGE) AS value
FROM sdtm.DM AS d
CROSS JOIN plan AS p
-- a screen failure may be one for this very reason; at the first dose one may be older than at consent
WHERE d.ACTARMCD IS NOT NULL AND d.AGEU = 'YEARS' AND (d.AGE < p.youngest OR d.AGE > p.oldest + 1)
UNION ALL
SELECT
    d._dataset AS dataset,
    'SEX' AS variable,
    d._row,
    'SEXPOP' AS cause,
    d.SEX AS value
FROM sdtm.DM AS d
CROSS JOIN plan AS p
WHERE d.ACTARMCD IS NOT NULL AND (p.sexes = 'M' AND d.SEX = 'F' OR p.sexes = 'F' AND d.SEX = 'M')
UNION ALL
SELECT
    d._dataset AS dataset,
    'COUNTRY' AS variable,
    d._row,
    'FCNTRY' AS cause,
    d.COUNTRY AS value
FROM sdtm.DM AS d
CROSS JOIN plan AS p
WHERE len(p.countries) > 0 AND d.COUNTRY IS NOT NULL AND NOT list_contains(p.countries, d.COUNTRY)
