-- One record per trial summary parameter of which a trial has one and this one has several.
-- Words: TS has several records of {cause}, of which a trial has one
-- Todo: keep the one that is true
-- Source: SDTMIG 3.4 section 7.4.2
-- Severity: error
-- Standard: SDTM
-- Needs: TS.TSPARMCD
SELECT
    min(_dataset) AS dataset,
    'TSPARMCD' AS variable,
    TSPARMCD AS cause,
    max(TSVAL) AS value,
    max(_row) AS _row
FROM sdtm.TS
WHERE
    TSPARMCD IN (
        'TITLE', 'SSTDTC', 'SENDTC', 'STYPE', 'TBLIND', 'RANDOM', 'ADDON', 'AGEMIN', 'AGEMAX', 'SEXPOP',
        'PLANSUB',
        'ACTSUB',
        'NARMS',
        'LENGTH',
        'HLTSUBJI',
        'INTMODEL',
        'ADAPT',
        'TPHASE',
        'NCOHORT'
    )
GROUP BY TSPARMCD
HAVING count(*) > 1
