-- One record per adverse event that meets a seriousness criterion and is not serious.
-- Words: {variable} is Y but the event is not serious (AESER is not Y)
-- Todo: ask the site whether the event was serious; AESER is Y as soon as one criterion is met
-- Source: SDTMIG 3.4 section 6.2.1; CG0041; CORE-000022
-- Severity: error
-- Standard: SDTM
-- Needs: AE.AESER
SELECT
    _dataset AS dataset,
    variable,
    _row,
    AESER AS value
FROM (
    SELECT
        _dataset,
        _row,
        AESER,
        unnest([
            { 'variable': 'AESCAN', 'met': AESCAN }, { 'variable': 'AESCONG', 'met': AESCONG },
            { 'variable': 'AESDISAB', 'met': AESDISAB }, { 'variable': 'AESDTH', 'met': AESDTH },
            { 'variable': 'AESHOSP', 'met': AESHOSP }, { 'variable': 'AESLIFE', 'met': AESLIFE },
            { 'variable': 'AESOD', 'met': AESOD }, { 'variable': 'AESMIE', 'met': AESMIE }
        ], recursive := TRUE) AS told
    FROM sdtm.AE
    WHERE AESER IS DISTINCT FROM 'Y'
) AS criteria
WHERE met = 'Y'
