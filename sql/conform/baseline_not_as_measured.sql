-- One record per subject whose baseline weight or height in ADSL is not that of VS.
-- Words: {variable} is not the baseline result in VS
-- Todo: take the baseline from the record of VS with --LOBXFL or --BLFL
-- Source: ADaMIG 1.3 section 3.2 (baseline variables in ADSL)
-- Severity: warning
-- Standard: ADaM
-- Needs: ADSL.USUBJID, VS.VSSTRESN, VS.VSLOBXFL or VS.VSBLFL
WITH
measured AS (
    SELECT
        USUBJID,
        VSTESTCD || 'BL' AS variable,
        max(VSSTRESN) AS highest,
        min(VSSTRESN) AS lowest
    FROM sdtm.VS
    WHERE (VSLOBXFL = 'Y' OR VSBLFL = 'Y') AND VSTESTCD IN ('WEIGHT', 'HEIGHT', 'BMI')
    GROUP BY USUBJID, VSTESTCD
),

analysed AS (
    SELECT
        _row,
        USUBJID,
        COLUMNS('^(TRTSDT|(WEIGHT|HEIGHT|BMI)BL)$')::VARCHAR
    FROM adam.ADSL
)

SELECT
    'ADSL' AS dataset,
    a.variable,
    a._row,
    a.value
FROM (
    SELECT
        _row,
        USUBJID,
        variable,
        value
    FROM analysed UNPIVOT (value FOR variable IN (COLUMNS(* EXCLUDE (_row, USUBJID))))
) AS a
INNER JOIN measured AS m USING (USUBJID, variable)
WHERE
    abs(try_cast(a.value AS DOUBLE) - m.highest) > 0.06 -- rounded to one decimal
    AND abs(try_cast(a.value AS DOUBLE) - m.lowest) > 0.06
