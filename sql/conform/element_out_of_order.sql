-- One record per element of a subject that starts before one that the plan has earlier.
-- Words: the element starts before an element with a lower TAETORD
-- Todo: correct the dates or TAETORD
-- Source: SDTMIG 3.4 section 5.3
-- Severity: warning
-- Standard: SDTM
-- Needs: SE.TAETORD, SE.SESTDTC
WITH
ordered AS (
    SELECT
        _dataset,
        _row,
        SESTDTC,
        max(SESTDTC) OVER (
            PARTITION BY USUBJID ORDER BY TAETORD RANGE BETWEEN UNBOUNDED PRECEDING AND 0.5 PRECEDING
        ) AS earlier
    FROM sdtm.SE
    WHERE TAETORD IS NOT NULL
)

SELECT
    _dataset AS dataset,
    'SESTDTC' AS variable,
    _row,
    SESTDTC AS value
FROM ordered
WHERE is_before(SESTDTC, earlier)
