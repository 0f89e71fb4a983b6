-- One record per subject whose first or last exposure in DM is not that of EX.
-- Words: {variable} is not what the doses in EX give
-- Todo: derive RFXSTDTC and RFXENDTC again from the doses
-- Source: SDTMIG 3.4 section 5.2; CG0147; CG0148; CORE-000238; CORE-000239
-- Severity: error
-- Standard: SDTM
-- Needs: DM.RFXSTDTC or DM.RFXENDTC, EX.EXSTDTC
WITH
dose AS (
    SELECT
        USUBJID,
        EXSTDTC,
        EXENDTC,
        -- a dose of nothing that is no placebo counts for some sponsors and not for others
        EXDOSE = 0 AND EXTRT NOT ILIKE '%placebo%' AS nothing,
        greatest(EXSTDTC, EXENDTC) AS last_day
    FROM sdtm.EX
),

dosed AS (
    SELECT
        USUBJID,
        min(EXSTDTC) AS first_all,
        max(last_day) AS last_all,
        min(EXSTDTC) FILTER (WHERE nothing IS NOT TRUE) AS first_real,
        max(last_day) FILTER (WHERE nothing IS NOT TRUE) AS last_real,
        -- of a treatment that goes on nobody knows the end yet
        arg_max(EXENDTC IS NULL, EXSTDTC) AS goes_on
    FROM dose
    GROUP BY USUBJID
),

compared AS (
    SELECT
        d._dataset,
        d._row,
        unnest([
            {
                'variable': 'RFXSTDTC', 'given': d.RFXSTDTC, 'one': x.first_all, 'other': x.first_real,
                'unknown': FALSE
            },
            {
                'variable': 'RFXENDTC', 'given': d.RFXENDTC, 'one': x.last_all, 'other': x.last_real,
                'unknown': d.RFXENDTC IS NULL AND x.goes_on
            }
        ], recursive := TRUE) AS told
    FROM sdtm.DM AS d
    LEFT JOIN dosed AS x ON d.USUBJID = x.USUBJID
)

SELECT
    c._dataset AS dataset,
    c.variable,
    c._row,
    c.given AS value
FROM compared AS c
SEMI JOIN meta.variables AS v ON c._dataset = v.dataset AND c.variable = v.variable
WHERE
    left(c.given, 10) IS DISTINCT FROM left(c.one, 10)
    AND left(c.given, 10) IS DISTINCT FROM left(c.other, 10)
    AND c.unknown IS NOT TRUE
