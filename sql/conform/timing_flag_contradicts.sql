-- One record per event whose flag of being before, under or after treatment contradicts its start or
-- another flag.
-- Words: {variable} contradicts {cause}
-- Todo: derive the flags from the start of the event and of treatment
-- Source: OCCDS 1.1 section 3.2 (PREFL, TRTEMFL, FUPFL)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, TRTEMFL, ASTDT, PREFL or FUPFL
-- Classes: OCCURRENCE DATA STRUCTURE
WITH a AS (
    SELECT
        USUBJID AS subject,
        TRTSDT,
        TRTEDT
    FROM adam.ADSL
),

flagged AS (
    SELECT
        r._row,
        r.TRTEMFL AS emergent,
        r.ASTDT AS started,
        coalesce(r.TRTSDT, a.TRTSDT) AS first_day,
        coalesce(r.TRTEDT, a.TRTEDT) AS last_day,
        COLUMNS('^(ASTDTF|PREFL|FUPFL)$')
    FROM record AS r
    LEFT JOIN a ON r.USUBJID = a.subject
),

flags AS (
    SELECT
        _row,
        emergent,
        started,
        first_day,
        last_day,
        variable
    FROM flagged UNPIVOT (
        value FOR variable IN (COLUMNS(* EXCLUDE (_row, emergent, started, first_day, last_day)))
    )
    WHERE value = 'Y' AND variable IN ('PREFL', 'FUPFL')
)

SELECT
    variable,
    CASE
        WHEN emergent = 'Y' THEN 'TRTEMFL'
        ELSE 'ASTDT'
    END AS cause,
    _row,
    started::VARCHAR AS value
FROM flags
WHERE
    emergent = 'Y'
    OR (variable = 'PREFL' AND started > first_day)
    OR (variable = 'FUPFL' AND started <= last_day)
