-- One record per end of the study that is before its start.
-- Words: the study ends (SENDTC) before it starts (SSTDTC)
-- Todo: correct the dates of the trial summary
-- Source: SDTMIG 3.4 section 7.4.2
-- Severity: error
-- Standard: SDTM
-- Needs: TS.TSVAL
SELECT
    e._dataset AS dataset,
    'TSVAL' AS variable,
    e._row,
    e.TSVAL AS value
FROM sdtm.TS AS e
INNER JOIN sdtm.TS AS s ON s.TSPARMCD = 'SSTDTC' AND e.TSPARMCD = 'SENDTC'
WHERE is_before(e.TSVAL, s.TSVAL)
