-- One record per censored time without the description of its date, where other ones have it.
-- Words: CNSDTDSC is missing on a censored record
-- Todo: say what the date of the censoring is
-- Source: ADaMIG 1.3 section 3.3 (CNSDTDSC)
-- Severity: warning
-- Standard: ADaM
-- Each: dataset
-- Needs: CNSR, CNSDTDSC
SELECT
    'CNSDTDSC' AS variable,
    _row,
    printf('%g', CNSR) AS value
FROM record
WHERE CNSR > 0
QUALIFY CNSDTDSC IS NULL AND count(CNSDTDSC) OVER () > 0
