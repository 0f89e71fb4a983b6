-- One record per analysis day of a record, there or not: its date, the day as given, and the day of the
-- first dose.
WITH
started AS (
    SELECT
        r._row,
        r.ADT,
        r.ADY,
        r.ASTDT,
        r.ASTDY,
        r.AENDT,
        r.AENDY,
        coalesce(r.TRTSDT, a.TRTSDT) AS first_day
    FROM record AS r
    LEFT JOIN adam.ADSL AS a ON r.USUBJID = a.USUBJID
)

SELECT
    'ADY' AS variable,
    _row,
    ADT AS day,
    ADY AS given,
    first_day
FROM started
UNION ALL
SELECT
    'ASTDY' AS variable,
    _row,
    ASTDT AS day,
    ASTDY AS given,
    first_day
FROM started
UNION ALL
SELECT
    'AENDY' AS variable,
    _row,
    AENDT AS day,
    AENDY AS given,
    first_day
FROM started
