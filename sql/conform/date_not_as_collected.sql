-- One record per analysis date that contradicts the date of the SDTM record.
-- Words: {variable} is {value}, and the SDTM record says another date
-- Todo: take the date from SDTM; impute only the parts that it does not have
-- Source: ADaMIG 1.3 section 3.1.2; OCCDS 1.1 section 3.2
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, ASTDT or AENDT, AESEQ or CMSEQ or MHSEQ
-- Classes: OCCURRENCE DATA STRUCTURE
SELECT
    variable,
    _row,
    day::VARCHAR AS value
FROM occurrence_date
WHERE NOT starts_with(day::VARCHAR, left(regexp_extract(dtc, '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?'), 10))
