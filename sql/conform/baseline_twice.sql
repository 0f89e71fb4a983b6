-- One record per baseline record of a subject and parameter beyond the first.
-- Words: more than one record is flagged as baseline (ABLFL = Y)
-- Todo: flag one record per subject, parameter and baseline type
-- Source: ADaMIG 1.3 section 4.2.1, rule 6; section 3.3 (ABLFL)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, PARAMCD, ABLFL
SELECT
    'ABLFL' AS variable,
    _row,
    ABLFL AS value
FROM record
WHERE ABLFL = 'Y'
QUALIFY row_number() OVER (PARTITION BY USUBJID, PARAMCD, BASETYPE ORDER BY _row) > 1
