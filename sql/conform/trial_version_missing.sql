-- One record per code of CDISC terminology in the trial summary without the date of its release.
-- Words: the release of CDISC terminology that the value of {cause} is from is not told
-- Todo: give TSVCDVER the date of the release, as 2025-03-28
-- Source: SDTMIG 3.4 section 7.4.2; CG0289; CORE-000761
-- Severity: error
-- Standard: SDTM
-- Needs: TS.TSVCDREF, TS.TSPARMCD
SELECT
    _dataset AS dataset,
    'TSVCDVER' AS variable,
    TSPARMCD AS cause,
    TSVCDVER AS value,
    _row
FROM sdtm.TS
WHERE TSVCDREF LIKE 'CDISC%' AND coalesce(try_cast(TSVCDVER AS DATE) IS NULL OR length(TSVCDVER) <> 10, TRUE)
