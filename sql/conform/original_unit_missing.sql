-- One record per numeric result as collected without the unit that other results of the test have.
-- Words: {variable} is missing though other results of the test have a unit as collected
-- Todo: give the unit in which the result was collected
-- Source: SDTMIG 3.4 section 4.5.1 (--ORRES and --ORRESU)
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: --TESTCD, --ORRES, --ORRESU, --STRESC
-- Classes: FINDINGS, FINDINGS ABOUT
WITH
tests AS (
    SELECT TESTCD
    FROM record
    WHERE ORRES IS NOT NULL
    GROUP BY TESTCD
    HAVING 2 * count(ORRESU) > count(*) AND count(ORRESU) < count(*)
)

SELECT
    $domain || 'ORRESU' AS variable,
    r._row,
    r.ORRES AS value
FROM record AS r
WHERE
    r.ORRESU IS NULL
    AND r.STRESC IS NOT NULL -- else the result waits for its unit, which is a finding of its own
    AND try_cast(r.ORRES AS DOUBLE) IS NOT NULL
    AND r.TESTCD IN (SELECT TESTCD FROM tests)
