-- One record per administration beyond the first at a visit for which one is planned.
-- Query: A second administration of {EXTRT} is entered for {VISIT}: {value}, beside {OTHER}. Which one is
--   right?
-- Source: the protocol's doses, as the study file has them
-- Severity: warning
-- Needs: ex.VISIT, ex.EXSTDAT
SELECT
    e.*,
    'EXSTDAT' AS variable,
    e.EXSTDAT AS value,
    o.EXSTDAT AS OTHER
FROM form.ex AS e
INNER JOIN form.ex AS o ON e.USUBJID = o.USUBJID AND e.VISIT = o.VISIT AND upper(e.EXTRT) = upper(o.EXTRT)
INNER JOIN study.doses AS p ON e.VISIT = p.visit
WHERE (o.EXSTDAT, o._file, o._row) < (e.EXSTDAT, e._file, e._row) AND e.EXDOSE > 0 AND o.EXDOSE > 0
QUALIFY row_number() OVER (PARTITION BY e._source, e._file, e._row ORDER BY o.EXSTDAT, o._row) = 1
