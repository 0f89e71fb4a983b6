-- One record per serious adverse event for which neither the form nor the site's listing has a criterion.
-- Query: {AETERM} is serious, but none of the criteria (death, life-threatening, hospitalisation,
--   disability, congenital anomaly, other) is answered with yes. Please enter why it is serious.
-- Source: ICH E2A section II B; SDTMIG 3.4 AE, AESER
-- Severity: error
-- Needs: ae.AESER, ae.AESDTH or ae.AESHOSP or ae.AESLIFE or sae
SELECT
    a.*,
    'AE' AS dataset,
    a.AESEQ AS SEQ,
    'AESER' AS variable,
    a.AESER AS value
FROM sdtm.AE AS a
WHERE
    a.AESER = 'Y'
    AND NOT list_contains(
        [a.AESCONG, a.AESDISAB, a.AESDTH, a.AESHOSP, a.AESLIFE, a.AESMIE, a.AESCAN, a.AESOD], 'Y'
    )
