-- One record per carried value that no earlier record of the subject and parameter has.
-- Words: AVAL was carried ({cause}), and no record of the parameter has this value
-- Todo: carry the value of a record that is there
-- Source: ADaMIG 1.3 section 3.3 (DTYPE) and section 4.3
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, PARAMCD, AVAL, DTYPE
WITH
carried AS (
    SELECT
        _row,
        USUBJID,
        PARAMCD,
        DTYPE AS kind,
        round(AVAL, 6) AS given
    FROM record
    WHERE DTYPE IN ('LOCF', 'LOV', 'BOCF', 'WOCF', 'BLOCF') AND AVAL IS NOT NULL
),

observed AS (
    SELECT
        USUBJID,
        PARAMCD,
        round(AVAL, 6) AS given
    FROM record
    WHERE coalesce(DTYPE, '') NOT IN ('LOCF', 'LOV', 'BOCF', 'WOCF', 'BLOCF') AND AVAL IS NOT NULL
)

SELECT
    'AVAL' AS variable,
    c.kind AS cause,
    c._row,
    printf('%g', c.given) AS value
FROM carried AS c
ANTI JOIN observed AS o ON c.USUBJID = o.USUBJID AND c.PARAMCD = o.PARAMCD AND c.given = o.given
