-- One record per record whose --SEQ another record of the subject has, or that is no number to count by.
-- Words: {variable} {cause}
-- Todo: number the records of a subject 1, 2, 3 over all parts of the domain; what refers to them with them
-- Source: SDTMIG 3.4 section 4.1.3; CG0028; CORE-000544
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --SEQ, USUBJID
WITH
twice AS (
    SELECT hash(USUBJID, SEQ) AS number
    FROM record
    WHERE SEQ IS NOT NULL AND USUBJID IS NOT NULL
    GROUP BY number
    HAVING count(*) > 1
)

SELECT
    $domain || 'SEQ' AS variable,
    CASE
        WHEN SEQ < 1 OR SEQ <> floor(SEQ) THEN 'is no whole number from 1'
        ELSE 'is not unique within the subject'
    END AS cause,
    SEQ::VARCHAR AS value,
    _row
FROM record
WHERE
    SEQ < 1
    OR SEQ <> floor(SEQ)
    OR USUBJID IS NOT NULL AND SEQ IS NOT NULL AND hash(USUBJID, SEQ) IN (SELECT number FROM twice)
