-- One record per element of a subject that neither the planned nor the actual arm has.
-- Words: the element '{cause}' is none of the subject's arm in TA
-- Todo: correct the element or the arm; an element that nobody planned for the subject is UNPLAN
-- Source: SDTMIG 3.4 sections 5.3 and 7.2.1
-- Severity: warning
-- Standard: SDTM
-- Needs: SE.ETCD, DM.ARMCD, TA.ETCD
SELECT
    s._dataset AS dataset,
    'ETCD' AS variable,
    s._row,
    s.ETCD AS cause,
    s.ETCD AS value
FROM sdtm.SE AS s
INNER JOIN sdtm.DM AS d ON s.USUBJID = d.USUBJID
SEMI JOIN sdtm.TA AS p ON d.ARMCD = p.ARMCD
SEMI JOIN sdtm.TA AS e ON s.ETCD = e.ETCD
ANTI JOIN sdtm.TA AS a ON s.ETCD = a.ETCD AND (d.ARMCD = a.ARMCD OR d.ACTARMCD = a.ARMCD)
