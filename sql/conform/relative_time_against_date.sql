-- One record per record whose date contradicts what it says about a time point.
-- Words: {variable} contradicts the relation to the time point: '{cause}'
-- Todo: correct the date or the relation; with a date the relation is not needed
-- Source: SDTMIG 3.4 section 4.4.7
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --STRTPT or --ENRTPT
SELECT
    $domain || 'STDTC' AS variable,
    _row,
    STRTPT AS cause,
    STDTC AS value
FROM record
WHERE
    STTPT LIKE '____%' AND regexp_matches(STTPT, '^\d{4}')
    AND (STRTPT = 'BEFORE' AND is_before(STTPT, STDTC) OR STRTPT = 'AFTER' AND is_before(STDTC, STTPT))
UNION ALL
SELECT
    $domain || 'ENDTC' AS variable,
    _row,
    ENRTPT AS cause,
    ENDTC AS value
FROM record
WHERE
    regexp_matches(ENTPT, '^\d{4}')
    AND (
        ENRTPT = 'BEFORE' AND is_before(ENTPT, ENDTC)
        OR ENRTPT IN ('AFTER', 'ONGOING') AND is_before(ENDTC, ENTPT)
    )
