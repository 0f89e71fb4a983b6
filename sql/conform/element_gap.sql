-- One record per element of a subject that does not end where the next one starts.
-- Words: the element does not end (SEENDTC) when the subject's next element starts (SESTDTC)
-- Todo: derive the elements again: each goes on until the next starts
-- Source: SDTMIG 3.4 section 5.3; CG0207; CORE-000352
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
    _row,
    SEENDTC AS value
FROM ordered
WHERE SEENDTC IS NOT NULL AND next_start IS NOT NULL AND SEENDTC <> next_start
