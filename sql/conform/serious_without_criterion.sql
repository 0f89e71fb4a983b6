-- One record per adverse event that is serious without any seriousness criterion.
-- Words: the event is serious (AESER is Y) but no seriousness criterion is Y
-- Todo: ask the site which criterion made the event serious, or correct AESER
-- Source: SDTMIG 3.4 section 6.2.1; CG0042; CORE-000266
-- Severity: error
-- Standard: SDTM
-- Needs: AE.AESER, AE.AESCAN or AE.AESCONG or AE.AESDISAB or AE.AESDTH or AE.AESHOSP or AE.AESLIFE or
--   AE.AESMIE
SELECT
    _dataset AS dataset,
    'AESER' AS variable,
    _row,
    AESER AS value
FROM sdtm.AE
WHERE
    AESER = 'Y'
    AND 'Y' NOT IN (
        coalesce(AESCAN, ''), coalesce(AESCONG, ''), coalesce(AESDISAB, ''), coalesce(AESDTH, ''),
        coalesce(AESHOSP, ''), coalesce(AESLIFE, ''), coalesce(AESOD, ''), coalesce(AESMIE, '')
    )
