-- One record per result that is flagged as the baseline beside another one of the same test and subject.
-- Words: {variable} is Y on several results of a test of the same subject
-- Todo: flag one of them: the last before the first dose
-- Source: SDTMIG 3.4 section 4.5.9; FDA Business Rules FB2603, FB2604; CORE-000914; CORE-000915
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: --LOBXFL or --BLFL, --TESTCD
WITH
-- of few columns first: most datasets have nothing to look at more closely
suspect AS (
    SELECT
        USUBJID,
        TESTCD
    FROM record
    WHERE LOBXFL = 'Y' OR BLFL = 'Y'
    GROUP BY USUBJID, TESTCD
    HAVING count(*) > 1
),

flagged AS (
    SELECT
        *,
        unnest([if(LOBXFL = 'Y', 'LOBXFL', NULL), if(BLFL = 'Y', 'BLFL', NULL)]) AS flag
    FROM record
    SEMI JOIN suspect USING (USUBJID, TESTCD)
    WHERE LOBXFL = 'Y' OR BLFL = 'Y'
)

SELECT
    $domain || flag AS variable,
    max(_row) AS _row,
    count(*) - 1 AS records,
    min(TESTCD) AS value
FROM flagged
WHERE flag IS NOT NULL
GROUP BY
    flag, USUBJID, TESTCD, CAT, SCAT, OBJ, SPEC, LOC, LAT, DIR, PORTOT, POS, METHOD, ANTREG, EVAL, EVALID,
    TPTREF, TPTNUM, TPT, SPID, LNKID, GRPID, REPNUM, TSTDTL, FOCID
HAVING count(*) > 1
