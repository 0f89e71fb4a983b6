-- One record per text of a duration that is none of ISO 8601, or is negative where only a time point may be.
-- Words: {variable} has the value '{cause}', which is no duration of ISO 8601
-- Todo: write P1Y2M3DT4H5M6S or P2W with the parts that are known; a minus stands only before an elapsed time
-- Source: SDTMIG 3.4 section 4.4.3; FB4005; FB4006; CORE-000305; CORE-000880
-- Severity: error
-- Standard: SDTM
SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
WHERE
    v.standard = 'SDTM'
    AND v.stem IN (
        '--DUR',
        '--PDUR',
        '--ELTM',
        '--EVLINT',
        '--STINT',
        '--ENINT',
        '--MINPAI',
        '--MAXPAI',
        '--TGTPAI',
        '--STOFF'
    )
    AND NOT (
        regexp_full_match(
            regexp_replace(v.value, '(\d)\.\d+', '\1', 'g'),
            '-?P(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?)'
        )
        AND regexp_matches(v.value, '\d[A-Z]$')
        AND (NOT starts_with(v.value, '-') OR v.stem NOT IN ('--DUR', '--PDUR'))
        OR v.stem = '--EVLINT' AND contains(v.value, '/')
        OR v.stem = '--STOFF' AND v.value = '0'
    )
