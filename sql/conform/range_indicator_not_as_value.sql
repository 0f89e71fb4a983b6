-- One record per range indicator that contradicts the value and its limits.
-- Words: ANRIND is {value}, and the limits say otherwise
-- Todo: derive ANRIND from AVAL, ANRLO and ANRHI
-- Source: ADaMIG 1.3 section 3.3 (ANRIND)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: AVAL, ANRIND, ANRLO or ANRHI
SELECT
    'ANRIND' AS variable,
    _row,
    ANRIND AS value
FROM record
WHERE
    (ANRIND = 'NORMAL' AND (AVAL < ANRLO OR AVAL > ANRHI))
    OR (ANRIND LIKE 'LOW%' AND AVAL >= ANRLO)
    OR (ANRIND LIKE 'HIGH%' AND AVAL <= ANRHI)
