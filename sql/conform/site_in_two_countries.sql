-- One record per site that lies in several countries.
-- Words: the site '{cause}' lies in more than one COUNTRY
-- Todo: correct COUNTRY or SITEID of the subjects concerned
-- Source: SDTMIG 3.4 section 5.2
-- Severity: warning
-- Standard: SDTM
-- Needs: DM.SITEID, DM.COUNTRY
WITH
places AS (
    SELECT
        _dataset,
        SITEID,
        COUNTRY,
        count(*) AS records,
        min(_row) AS _row
    FROM sdtm.DM
    WHERE SITEID IS NOT NULL AND COUNTRY IS NOT NULL
    GROUP BY _dataset, SITEID, COUNTRY
)

SELECT
    min(_dataset) AS dataset,
    'COUNTRY' AS variable,
    SITEID AS cause,
    arg_min(COUNTRY, records) AS value,
    arg_min(_row, records) AS _row
FROM places
GROUP BY SITEID
HAVING count(*) > 1
