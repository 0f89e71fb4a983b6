-- One record per related record or comment that names its parent only in part.
-- Words: {cause}
-- Todo: fill RDOMAIN, IDVAR and IDVARVAL together; the qualifiers of DM have no IDVAR
-- Source: SDTMIG 3.4 sections 5.1, 8.2 and 8.4; CG0163; CG0164; CG0166; CG0201; CG0203; CG0204; CG0465;
--   CORE-000017; CORE-000090; CORE-000134; CORE-000135; CORE-000136; CORE-000158; CORE-000218
-- Severity: error
-- Standard: SDTM
SELECT
    _dataset AS dataset,
    CASE WHEN IDVAR IS NULL THEN 'IDVAR' ELSE 'IDVARVAL' END AS variable,
    CASE
        WHEN IDVAR IS NULL AND IDVARVAL IS NULL THEN 'IDVAR is missing'
        WHEN IDVAR IS NULL THEN 'IDVARVAL has a value and IDVAR has none'
        ELSE 'IDVAR has a value and IDVARVAL has none'
    END AS cause,
    _row
FROM sdtm.SUPP
WHERE IDVAR IS NULL AND (IDVARVAL IS NOT NULL OR RDOMAIN <> 'DM') OR IDVAR IS NOT NULL AND IDVARVAL IS NULL
UNION ALL
SELECT
    _dataset,
    CASE WHEN RDOMAIN IS NULL THEN 'RDOMAIN' WHEN IDVAR IS NULL THEN 'IDVAR' ELSE 'IDVARVAL' END AS variable,
    CASE
        WHEN RDOMAIN IS NULL THEN 'IDVAR has a value and RDOMAIN has none'
        WHEN IDVAR IS NULL THEN 'RDOMAIN has a value and IDVAR has none'
        ELSE 'IDVAR has a value and IDVARVAL has none'
    END AS cause,
    _row
FROM sdtm.CO
WHERE
    RDOMAIN IS NULL AND (IDVAR IS NOT NULL OR IDVARVAL IS NOT NULL)
    OR RDOMAIN <> 'DM' AND IDVAR IS NULL
    OR IDVAR IS NOT NULL AND IDVARVAL IS NULL
UNION ALL
SELECT
    _dataset,
    'IDVARVAL' AS variable,
    'IDVAR is a sequence number, and no subject or no IDVARVAL is given' AS cause,
    _row
FROM sdtm.RELREC
WHERE ends_with(IDVAR, 'SEQ') AND (USUBJID IS NULL OR IDVARVAL IS NULL)
