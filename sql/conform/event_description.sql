-- One record per description of an event or censoring that contradicts CNSR.
-- Words: {variable} contradicts CNSR: {cause}
-- Todo: describe each event and each censoring; a censor date is described only where CNSR is not 0
-- Source: ADaMIG 1.3 section 3.3 (EVNTDESC, CNSDTDSC)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: CNSR, PARAMCD, EVNTDESC
WITH
described AS (
    SELECT
        _row,
        CNSR,
        EVNTDESC,
        CNSDTDSC,
        count(*) OVER (PARTITION BY PARAMCD, EVNTDESC) AS same,
        count(*) FILTER (WHERE CNSR = 0) OVER (PARTITION BY PARAMCD, EVNTDESC) AS events,
        count(CNSDTDSC) OVER () AS censor_dates
    FROM record
    WHERE CNSR IS NOT NULL
)

SELECT
    CASE WHEN CNSR = 0 AND CNSDTDSC IS NOT NULL THEN 'CNSDTDSC' ELSE 'EVNTDESC' END AS variable,
    CASE
        WHEN CNSR = 0 AND CNSDTDSC IS NOT NULL THEN 'an event with the description of a censor date'
        WHEN EVNTDESC IS NULL THEN 'nothing is described'
        ELSE 'described as both event and censoring'
    END AS cause,
    _row,
    coalesce(CNSDTDSC, EVNTDESC) AS value
FROM described
WHERE
    (CNSR = 0 AND CNSDTDSC IS NOT NULL)
    OR EVNTDESC IS NULL
    OR (CNSR = 0 AND events < same AND 2 * events <= same)
    OR (CNSR <> 0 AND events > 0 AND 2 * events > same)
