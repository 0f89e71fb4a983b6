-- One record per code or version in the trial summary of which nobody says whose it is.
-- Words: {variable} of {cause} is given without TSVCDREF
-- Todo: say in TSVCDREF whose terminology it is (CDISC CT, SNOMED, UNII, ISO 8601 ...)
-- Source: SDTMIG 3.4 section 7.4.2; CG0266; CORE-000153
-- Severity: error
-- Standard: SDTM
-- Needs: TS.TSVALCD or TS.TSVCDVER
SELECT
    _dataset AS dataset,
    if(TSVCDVER IS NULL, 'TSVALCD', 'TSVCDVER') AS variable,
    _row,
    TSPARMCD AS cause,
    coalesce(TSVCDVER, TSVALCD) AS value
FROM sdtm.TS
WHERE TSVCDREF IS NULL AND (TSVCDVER IS NOT NULL OR TSVALCD IS NOT NULL)
