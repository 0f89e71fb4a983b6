-- One record per serious event of the site's listing without a criterion of seriousness.
-- Query: {AETERM} is in the listing of serious events, but none of the criteria is answered with yes.
--   Please enter why it is serious.
-- Source: ICH E2A section II B
-- Severity: error
-- Needs: sae, sae.AESDTH or sae.AESHOSP or sae.AESLIFE
SELECT
    s.*,
    'AETERM' AS variable,
    s.AETERM AS value
FROM form.sae AS s
WHERE NOT list_contains([s.AESCONG, s.AESDISAB, s.AESDTH, s.AESHOSP, s.AESLIFE, s.AESMIE], 'Y')
