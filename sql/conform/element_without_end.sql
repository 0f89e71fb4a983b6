-- One record per element of a subject without an end that another element follows.
-- Words: SEENDTC is missing although the subject has a later element
-- Todo: fill SEENDTC with the start of the next element
-- Source: SDTMIG 3.4 section 5.3; CG0209; CORE-000527
-- Severity: error
-- Standard: SDTM
-- Needs: SE.SESTDTC, SE.SEENDTC
WITH
ordered AS (
    SELECT
        _dataset,
        _row,
        SEENDTC,
        lead(SESTDTC) OVER (PARTITION BY USUBJID ORDER BY SESTDTC, TAETORD, SESEQ) AS next_start
    FROM sdtm.SE
)

SELECT
    _dataset AS dataset,
    'SEENDTC' AS variable,
    _row
FROM ordered
WHERE SEENDTC IS NULL AND next_start IS NOT NULL
