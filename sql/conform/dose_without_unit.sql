-- One record per dose without a unit.
-- Words: a dose is given but {variable} is missing
-- Todo: find the unit of the dose
-- Source: SDTMIG 3.4 section 6.1.3; CG0114; CORE-000093
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --DOSU, --DOSE or --DOSTXT or --DOSTOT
SELECT
    $domain || 'DOSU' AS variable,
    _row,
    coalesce(DOSTXT, printf('%g', coalesce(DOSE, DOSTOT))) AS value
FROM record
WHERE DOSU IS NULL AND (DOSE IS NOT NULL OR DOSTXT IS NOT NULL OR DOSTOT IS NOT NULL)
