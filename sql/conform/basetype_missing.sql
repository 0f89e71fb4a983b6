-- One record per record without BASETYPE though the parameter has it on others.
-- Words: BASETYPE is missing though other records of the parameter have it
-- Todo: fill BASETYPE on every record of a parameter that has it
-- Source: ADaMIG 1.3 section 3.3 (BASETYPE)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: PARAMCD, BASETYPE
SELECT
    'BASETYPE' AS variable,
    _row
FROM record
QUALIFY BASETYPE IS NULL AND count(BASETYPE) OVER (PARTITION BY PARAMCD) > 0
