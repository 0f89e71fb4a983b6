-- One record per place in an arm that several elements have, or that is no whole number.
-- Words: TAETORD {value} of the arm '{cause}' is there several times, or is no whole number
-- Todo: number the elements of an arm 1, 2, 3 and so on
-- Source: SDTMIG 3.4 section 7.2.1; CG0247; CG0248; CORE-000144; CORE-000534
-- Severity: error
-- Standard: SDTM
-- Needs: TA.TAETORD
SELECT
    min(_dataset) AS dataset,
    'TAETORD' AS variable,
    ARMCD AS cause,
    printf('%g', TAETORD) AS value,
    max(_row) AS _row
FROM sdtm.TA
WHERE TAETORD IS NOT NULL
GROUP BY ARMCD, TAETORD
HAVING count(*) > 1 OR TAETORD <> round(TAETORD)
