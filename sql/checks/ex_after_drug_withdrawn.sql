-- One record per dose after an adverse event for which the drug was withdrawn.
-- Query: A dose is entered on {value}, although the drug was withdrawn for {AETERM}, which began on
--   {AESTDAT}. Please check the action taken, and the date of the dose.
-- Source: action taken against exposure
-- Severity: error
-- Needs: ex.EXSTDAT, ae.AEACN
SELECT
    e.*,
    'EXSTDAT' AS variable,
    e.EXSTDAT AS value,
    a.AETERM,
    a.AESTDAT
FROM form.ex AS e
INNER JOIN form.ae AS a USING (USUBJID)
WHERE
    a.AEACN = 'DRUG WITHDRAWN' AND e.EXDOSE > 0
    AND is_before(coalesce(a.AEENDAT, a.AESTDAT), e.EXSTDAT) AND is_before(a.AESTDAT, e.EXSTDAT)
QUALIFY row_number() OVER (PARTITION BY e._source, e._file, e._row ORDER BY a.AESTDAT, a._file, a._row) = 1
