-- One record per criterion of a subject that is no exception.
-- Words: IE holds exceptions only: {variable} is N for an inclusion criterion and Y for an exclusion
--   criterion
-- Todo: take criteria that were met out of IE, or correct the answer
-- Source: SDTMIG 3.4 section 6.3.4; CG0175; CG0176; CG0177; CORE-000001; CORE-000011; CORE-000025
-- Severity: error
-- Standard: SDTM
-- Needs: IE.IEORRES, IE.IECAT
SELECT
    _dataset AS dataset,
    if(IESTRESC IS DISTINCT FROM IEORRES, 'IESTRESC', 'IEORRES') AS variable,
    _row,
    IEORRES AS value
FROM sdtm.IE
WHERE
    IECAT = 'INCLUSION' AND IEORRES IS DISTINCT FROM 'N'
    OR IECAT = 'EXCLUSION' AND IEORRES IS DISTINCT FROM 'Y'
    OR IESTRESC IS DISTINCT FROM IEORRES
