-- One record per adverse event whose outcome and whose criterion of death contradict each other.
-- Words: the outcome FATAL and the criterion AESDTH do not go together: one says death, the other does not
-- Todo: ask the site whether the subject died of this event; AEOUT is FATAL where AESDTH is Y and the other
--   way round
-- Source: SDTMIG 3.4 section 6.2.1; FDA Business Rule FB0609
-- Severity: error
-- Standard: SDTM
-- Needs: AE.AEOUT, AE.AESDTH
SELECT
    _dataset AS dataset,
    if(AEOUT = 'FATAL', 'AESDTH', 'AEOUT') AS variable,
    _row,
    coalesce(AEOUT, '') AS value
FROM sdtm.AE
WHERE (coalesce(AEOUT, '') = 'FATAL') <> (coalesce(AESDTH, '') = 'Y')
