-- One record per trial summary parameter whose value is the reason for its absence, or whose reason is none.
-- Words: {variable} of {cause} is '{value}'
-- Todo: put the null flavor (NA, UNK, PINF ...) into TSVALNF and leave TSVAL empty
-- Source: SDTMIG 3.4 section 7.4.2; ISO 21090 null flavors; CG0291; CG0649; CORE-000041; CORE-000787
-- Severity: error
-- Standard: SDTM
-- Needs: TS.TSVAL
WITH
flavors AS (
    SELECT unnest([
        'NI',
        'INV',
        'DER',
        'OTH',
        'NINF',
        'PINF',
        'UNC',
        'MSK',
        'NA',
        'UNK',
        'ASKU',
        'NAV',
        'NASK',
        'QS',
        'TRC'
    ]) AS flavor
)

SELECT
    t._dataset AS dataset,
    if(t.TSVAL IS NULL, 'TSVALNF', 'TSVAL') AS variable,
    t._row,
    t.TSPARMCD AS cause,
    coalesce(t.TSVAL, t.TSVALNF) AS value
FROM sdtm.TS AS t
WHERE
    t.TSVAL IN (SELECT f.flavor FROM flavors AS f)
    OR lower(t.TSVAL) IN ('not applicable', 'unknown', 'no information', 'not asked', 'positive infinity')
    OR t.TSVALNF NOT IN (SELECT f.flavor FROM flavors AS f)
