-- One record per subject who had a dose and has no reference start.
-- Words: the subject has doses in EX but {variable} is missing
-- Todo: derive {variable}; without RFSTDTC no study day can be computed
-- Source: SDTMIG 3.4 section 5.2
-- Severity: error
-- Standard: SDTM
-- Needs: DM.RFSTDTC, EX
WITH e AS (
    SELECT USUBJID FROM sdtm.EX
    WHERE EXSTDTC IS NOT NULL
)

SELECT
    d._dataset AS dataset,
    'RFSTDTC' AS variable,
    d._row
FROM sdtm.DM AS d
SEMI JOIN e ON d.USUBJID = e.USUBJID
WHERE d.RFSTDTC IS NULL
