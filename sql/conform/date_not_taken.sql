-- One record per whole date of SDTM that its analysis record does not have.
-- Words: {variable} is missing though the SDTM record has a whole date
-- Todo: take the date from SDTM
-- Source: ADaMIG 1.3 section 3.1.2; OCCDS 1.1 section 3.2
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, ASTDT or AENDT, AESEQ or CMSEQ or MHSEQ
-- Classes: OCCURRENCE DATA STRUCTURE
SELECT
    d.variable,
    d._row,
    d.dtc AS value
FROM occurrence_date AS d
SEMI JOIN meta.variables AS v ON v.dataset = $dataset AND d.variable = v.variable
WHERE d.day IS NULL AND whole_day(d.dtc) IS NOT NULL
