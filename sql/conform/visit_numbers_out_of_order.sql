-- One record per planned visit that comes earlier than the visits with a lower number.
-- Words: VISITDY is before that of a visit with a lower VISITNUM
-- Todo: number the visits in the order of their planned days
-- Source: SDTMIG 3.4 sections 4.4.5 and 7.3.1
-- Severity: note
-- Standard: SDTM
-- Needs: TV.VISITNUM, TV.VISITDY
WITH
ordered AS (
    SELECT
        _dataset,
        _row,
        VISIT,
        VISITDY,
        lag(VISITDY) OVER (PARTITION BY ARMCD ORDER BY VISITNUM) AS earlier
    FROM sdtm.TV
    WHERE VISITDY IS NOT NULL
)

SELECT
    _dataset AS dataset,
    'VISITNUM' AS variable,
    _row,
    VISIT AS value
FROM ordered
WHERE VISITDY < earlier
