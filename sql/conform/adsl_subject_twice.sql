-- One record per record of ADSL of a subject who has another.
-- Words: ADSL has more than one record of a subject
-- Todo: keep one record per subject; what repeats belongs into a dataset of its own
-- Source: ADaMIG 1.3 section 3.2
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.USUBJID
SELECT
    'ADSL' AS dataset,
    'USUBJID' AS variable,
    _row,
    USUBJID AS value
FROM adam.ADSL
QUALIFY row_number() OVER (PARTITION BY USUBJID ORDER BY _row) > 1
