-- One record per record that measures time from a reference it does not name.
-- Words: {variable} is given but --TPTREF does not say from when
-- Todo: fill --TPTREF
-- Source: SDTMIG 3.4 section 4.4.10; CG0008; CG0026; FDA Business Rules FB4403 to FB4405; CORE-000028;
--   CORE-000865
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --ELTM or --RFTDTC or --STINT or --ENINT
SELECT
    $domain || CASE
        WHEN ELTM IS NOT NULL THEN 'ELTM'
        WHEN RFTDTC IS NOT NULL THEN 'RFTDTC'
        WHEN STINT IS NOT NULL THEN 'STINT'
        ELSE 'ENINT'
    END AS variable,
    _row
FROM record
WHERE TPTREF IS NULL AND (ELTM IS NOT NULL OR RFTDTC IS NOT NULL OR STINT IS NOT NULL OR ENINT IS NOT NULL)
