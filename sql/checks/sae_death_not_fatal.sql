-- One record per serious event of the listing that resulted in death and has another outcome.
-- Query: {AETERM} is listed as resulting in death, but its outcome is {value}. Please correct one of the two.
-- Source: serious events reconciled with the site's listing
-- Severity: error
-- Needs: sae.AESDTH, sae.AEOUT
SELECT
    s.*,
    'AEOUT' AS variable,
    s.AEOUT AS value
FROM form.sae AS s
WHERE s.AESDTH = 'Y' AND s.AEOUT <> 'FATAL'
