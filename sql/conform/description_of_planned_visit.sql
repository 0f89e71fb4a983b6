-- One record per planned visit of a subject that is described as an unplanned one.
-- Words: SVUPDES is given although the visit is planned (SVPRESP is Y)
-- Todo: take the description away, or make the visit an unplanned one
-- Source: SDTMIG 3.4 section 5.5
-- Severity: warning
-- Standard: SDTM
-- Needs: SV.SVPRESP, SV.SVUPDES
SELECT
    _dataset AS dataset,
    'SVUPDES' AS variable,
    _row,
    SVUPDES AS value
FROM sdtm.SV
WHERE SVUPDES IS NOT NULL AND SVPRESP = 'Y'
