-- One record per comment on another record that has a date of its own.
-- Words: CODTC has a value where the comment belongs to a record
-- Todo: leave CODTC empty: the record has its date
-- Source: SDTMIG 3.4 section 5.1; CG0168; CORE-000187
-- Severity: error
-- Standard: SDTM
-- Needs: CO.IDVAR, CO.CODTC
SELECT
    _dataset AS dataset,
    'CODTC' AS variable,
    CODTC AS value,
    _row
FROM sdtm.CO
WHERE IDVAR IS NOT NULL AND CODTC IS NOT NULL
