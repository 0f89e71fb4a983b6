-- One record per relationship with a type where there must be none, or without a right one where datasets
--   are related.
-- Words: {cause}
-- Todo: give RELTYPE (ONE or MANY) where two datasets are related, and leave it empty where two records are
-- Source: SDTMIG 3.4 sections 8.2 and 8.3; CG0419; CORE-000202
-- Severity: error
-- Standard: SDTM
-- Needs: RELREC.RELID, RELREC.IDVAR
SELECT
    _dataset AS dataset,
    'RELTYPE' AS variable,
    CASE
        WHEN USUBJID IS NULL AND IDVARVAL IS NULL THEN 'RELTYPE of two datasets is neither ONE nor MANY'
        ELSE 'RELTYPE of two records has a value'
    END AS cause,
    RELTYPE AS value,
    _row
FROM sdtm.RELREC
WHERE CASE
    WHEN USUBJID IS NULL AND IDVARVAL IS NULL THEN coalesce(RELTYPE NOT IN ('ONE', 'MANY'), TRUE)
    ELSE RELTYPE IS NOT NULL
END
