-- One record per result before the first dose that is later than the one flagged as the last.
-- Words: a later result of the test before the first dose has no --LOBXFL
-- Todo: flag the last result before the first dose
-- Source: SDTMIG 3.4 section 4.5.9
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: --LOBXFL, --DTC, --STRESC, --TESTCD, DM.RFXSTDTC
WITH
earlier AS (
    SELECT
        r.USUBJID,
        r.TESTCD,
        concat_ws(
            '|', r.CAT, r.SCAT, r.SPEC, r.LOC, r.LAT, r.POS, r.METHOD, r.EVAL, r.EVALID, r.OBJ, r.TPT,
            r.TSTDTL
        ) AS place,
        left(r.DTC, 10) AS day,
        r.LOBXFL,
        r._row
    FROM record AS r
    INNER JOIN sdtm.DM AS d ON r.USUBJID = d.USUBJID
    -- of the day of the first dose only the time says which is the last
    WHERE r.STRESC IS NOT NULL AND length(r.DTC) >= 10 AND left(r.DTC, 10) < left(d.RFXSTDTC, 10)
),

flagged AS (
    SELECT
        USUBJID,
        TESTCD,
        place,
        max(day) AS day
    FROM earlier
    WHERE LOBXFL = 'Y'
    GROUP BY ALL
)

SELECT
    $domain || 'LOBXFL' AS variable,
    e._row,
    e.day AS value
FROM earlier AS e
INNER JOIN flagged AS f ON e.USUBJID = f.USUBJID AND e.TESTCD = f.TESTCD AND e.place = f.place
WHERE e.day > f.day AND e.LOBXFL IS NULL
