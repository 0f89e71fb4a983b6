-- One record per subject who has elements of an arm and not the one with which every arm begins.
-- Words: SE has elements of the subject and not {cause}, with which every arm of TA begins
-- Todo: add the record of the first element
-- Source: SDTMIG 3.4 section 5.3 (SE) and section 7.2.1 (TA)
-- Severity: warning
-- Standard: SDTM
-- Needs: SE.ETCD, TA.ETCD, TA.TAETORD
WITH
first_elements AS ( -- of each arm; where arms begin differently nobody can tell
    SELECT any_value(ETCD) AS ETCD
    FROM (
        SELECT
            ARMCD,
            arg_min(ETCD, TAETORD) AS ETCD
        FROM sdtm.TA
        GROUP BY ARMCD
    ) AS a
    HAVING count(DISTINCT ETCD) = 1
)

SELECT
    'SE' AS dataset,
    'ETCD' AS variable,
    f.ETCD AS cause,
    min(s._row) AS _row
FROM sdtm.SE AS s
CROSS JOIN first_elements AS f
GROUP BY s.USUBJID, f.ETCD
HAVING count(*) FILTER (WHERE s.ETCD = f.ETCD) = 0
