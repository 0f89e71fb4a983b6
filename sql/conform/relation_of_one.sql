-- One record per relationship that has only one record.
-- Words: the relationship '{value}' has only one record
-- Todo: add the other side, or drop the record
-- Source: SDTMIG 3.4 section 8.2; CG0200; CORE-000484
-- Severity: error
-- Standard: SDTM
-- Needs: RELREC.RELID
SELECT
    min(_dataset) AS dataset,
    'RELID' AS variable,
    RELID AS value,
    min(_row) AS _row
FROM sdtm.RELREC
WHERE RELID IS NOT NULL
GROUP BY USUBJID, RELID
HAVING count(*) = 1
