-- One record per element and epoch of a subject that no arm of TA has together.
-- Words: the element '{cause}' is in the epoch {value} in no arm of TA
-- Todo: correct EPOCH or ETCD
-- Source: SDTMIG 3.4 sections 5.3 and 7.2.1
-- Severity: error
-- Standard: SDTM
-- Needs: SE.ETCD, SE.EPOCH, TA.ETCD, TA.EPOCH
SELECT
    s._dataset AS dataset,
    'EPOCH' AS variable,
    s._row,
    s.ETCD AS cause,
    s.EPOCH AS value
FROM sdtm.SE AS s
SEMI JOIN sdtm.TA AS p ON s.ETCD = p.ETCD
ANTI JOIN sdtm.TA AS a ON s.ETCD = a.ETCD AND s.EPOCH = a.EPOCH
WHERE s.EPOCH IS NOT NULL
