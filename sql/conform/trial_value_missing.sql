-- One record per trial summary parameter with neither a value nor a reason for its absence, or with both.
-- Words: {cause} needs either a value (TSVAL) or the reason why there is none (TSVALNF)
-- Todo: fill one of TSVAL and TSVALNF
-- Source: SDTMIG 3.4 section 7.4.2; CG0259; CG0260; CORE-000149; CORE-000150
-- Severity: error
-- Standard: SDTM
-- Needs: TS.TSVAL
SELECT
    _dataset AS dataset,
    if(TSVAL IS NULL, 'TSVAL', 'TSVALNF') AS variable,
    _row,
    TSPARMCD AS cause,
    TSVALNF AS value
FROM sdtm.TS
WHERE (TSVAL IS NULL) = (TSVALNF IS NULL)
