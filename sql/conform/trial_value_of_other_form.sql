-- One record per trial summary parameter whose value is not the date, duration or number that it has to be.
-- Words: {cause} has the value '{value}', which is not {variable} of the right form: a date, a duration or a
--   number
-- Todo: write dates as 2020-01-31, durations as P18Y or P26W (both ISO 8601), numbers of subjects and arms
--   as digits
-- Source: SDTMIG 3.4 section 7.4.2; CG0270; CORE-000294; FDA Technical Rejection Criterion 1734; CORE-000505
-- Severity: error
-- Standard: SDTM
-- Needs: TS.TSVAL
SELECT
    _dataset AS dataset,
    'TSVAL' AS variable,
    _row,
    TSPARMCD AS cause,
    TSVAL AS value
FROM sdtm.TS
WHERE
    TSPARMCD IN ('SSTDTC', 'SENDTC', 'DCUTDTC') AND (
        NOT regexp_full_match(TSVAL, '\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d)?)?)?)?)?')
        OR length(TSVAL) >= 10 AND whole_day(TSVAL) IS NULL
    )
    OR TSPARMCD IN ('AGEMIN', 'AGEMAX', 'LENGTH', 'TRGFUDUR', 'PTRTDUR', 'SDMDUR', 'CRMDUR')
    AND NOT regexp_full_match(TSVAL, 'P(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?)')
    OR TSPARMCD IN ('PLANSUB', 'ACTSUB', 'NARMS', 'NCOHORT') AND NOT regexp_full_match(TSVAL, '\d+')
