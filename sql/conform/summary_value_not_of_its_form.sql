-- One record per trial summary value that is no date, duration or number where its parameter is one.
-- Words: TSVAL of {cause} has not the form that this parameter asks for
-- Todo: write dates and durations in ISO 8601 (2020-02-28, P18Y) and counts as whole numbers
-- Source: SDTMIG 3.4 section 7.4.2 (TS); FDA Technical Rejection Criteria 1734 (SSTDTC)
-- Severity: error
-- Standard: SDTM
-- Needs: TS.TSPARMCD, TS.TSVAL
WITH
forms (tsparmcd, form) AS (
    VALUES
    ('SSTDTC', 'date'),
    ('SENDTC', 'date'),
    ('DCUTDTC', 'date'),
    ('AGEMIN', 'duration'),
    ('AGEMAX', 'duration'),
    ('LENGTH', 'duration'), ('PTRTDUR', 'duration'), ('TRGFUDUR', 'duration'), ('CRMDUR', 'duration'),
    ('PLANSUB', 'number'), ('ACTSUB', 'number'), ('NARMS', 'number'), ('NCOHORT', 'number')
)

SELECT
    t._dataset AS dataset,
    'TSVAL' AS variable,
    t.TSPARMCD || ': ' || t.TSVAL AS cause,
    t.TSVAL AS value,
    t._row
FROM sdtm.TS AS t
INNER JOIN forms AS f ON f.tsparmcd = t.TSPARMCD
WHERE t.TSVAL IS NOT NULL AND NOT CASE f.form
    WHEN 'date'
        THEN
            regexp_full_match(t.TSVAL, '\d{4}(-\d{2}(-\d{2}(T.+)?)?)?')
            AND try_cast(left(t.TSVAL || '-01-01', 10) AS DATE) IS NOT NULL
    WHEN 'duration'
        THEN
            regexp_full_match(t.TSVAL, 'P(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?)')
            AND regexp_matches(t.TSVAL, '\d[A-Z]$')
    ELSE regexp_full_match(t.TSVAL, '\d+')
END
