-- One record per record after baseline without a change from baseline.
-- Words: {variable} is missing after baseline though AVAL and BASE are there
-- Todo: derive the change on every record after baseline of the parameter
-- Source: ADaMIG 1.3 section 3.3 (CHG, PCHG)
-- Severity: warning
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, PARAMCD, ADT, AVAL, BASE, ABLFL, CHG or PCHG
WITH
baselines AS (
    SELECT
        USUBJID,
        PARAMCD,
        coalesce(BASETYPE, '') AS kind,
        max(ADT) AS baseline_day,
        max(ADTM) AS baseline_time
    FROM record
    WHERE ABLFL = 'Y'
    GROUP BY USUBJID, PARAMCD, kind
),

changes AS (
    SELECT
        'CHG' AS variable,
        _row,
        USUBJID,
        PARAMCD,
        coalesce(BASETYPE, '') AS kind,
        ADT,
        ADTM,
        AVAL,
        BASE,
        CHG AS change
    FROM record
    UNION ALL
    SELECT
        'PCHG' AS variable,
        _row,
        USUBJID,
        PARAMCD,
        coalesce(BASETYPE, '') AS kind,
        ADT,
        ADTM,
        AVAL,
        nullif(BASE, 0) AS BASE,
        PCHG AS change
    FROM record
),

derived AS ( -- parameters for which it is derived at all
    SELECT DISTINCT
        variable,
        PARAMCD
    FROM changes
    WHERE change IS NOT NULL
)

SELECT
    c.variable,
    c._row
FROM changes AS c
INNER JOIN baselines AS b USING (USUBJID, PARAMCD, kind)
SEMI JOIN derived AS d ON c.variable = d.variable AND c.PARAMCD = d.PARAMCD
WHERE
    c.change IS NULL AND c.AVAL IS NOT NULL AND c.BASE IS NOT NULL
    AND (c.ADT > b.baseline_day OR (c.ADT = b.baseline_day AND c.ADTM > b.baseline_time))
