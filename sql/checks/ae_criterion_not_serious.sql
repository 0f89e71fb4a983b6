-- One record per adverse event with a criterion of seriousness that is not serious.
-- Query: {AETERM} is marked as not serious, but a criterion of seriousness is answered with yes. Please
--   correct one of the two.
-- Source: ICH E2A section II B; SDTMIG 3.4 AE, AESER
-- Severity: error
-- Needs: ae.AESER, ae.AESDTH or ae.AESHOSP or ae.AESLIFE
SELECT
    a.*,
    'AESER' AS variable,
    a.AESER AS value
FROM form.ae AS a
WHERE
    a.AESER = 'N'
    AND list_contains([a.AESCONG, a.AESDISAB, a.AESDTH, a.AESHOSP, a.AESLIFE, a.AESMIE], 'Y')
