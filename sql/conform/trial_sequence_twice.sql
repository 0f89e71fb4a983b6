-- One record per number of a trial summary parameter that several of its records have.
-- Words: TSSEQ {value} is there several times within {cause}
-- Todo: number the records of a parameter 1, 2, 3 and so on
-- Source: SDTMIG 3.4 section 7.4.2; CG0268; CORE-000154
-- Severity: error
-- Standard: SDTM
-- Needs: TS.TSSEQ
SELECT
    min(_dataset) AS dataset,
    'TSSEQ' AS variable,
    TSPARMCD AS cause,
    printf('%g', TSSEQ) AS value,
    max(_row) AS _row
FROM sdtm.TS
GROUP BY TSPARMCD, TSSEQ
HAVING count(*) > 1
