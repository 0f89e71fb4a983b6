-- One record per subject whose informed consent DS does not have although it has those of others.
-- Words: the subject has no record INFORMED CONSENT OBTAINED in DS
-- Todo: add the milestone to DS
-- Source: SDTMIG 3.4 section 6.2.4
-- Severity: warning
-- Standard: SDTM
-- Needs: DM.RFICDTC, DS.DSDECOD
WITH
consented AS (
    SELECT DISTINCT USUBJID FROM sdtm.DS
    WHERE DSDECOD = 'INFORMED CONSENT OBTAINED'
)

SELECT
    d._dataset AS dataset,
    'RFICDTC' AS variable,
    d._row,
    d.RFICDTC AS value
FROM sdtm.DM AS d
ANTI JOIN consented AS c ON d.USUBJID = c.USUBJID
WHERE d.RFICDTC IS NOT NULL AND EXISTS (SELECT 1 FROM consented)
