-- One record per element of Define-XML that nothing refers to.
-- Words: {cause}
-- Todo: refer to it, or drop it
-- Source: Define-XML 2.1 section 5.1 (OIDs)
-- Severity: warning
-- Standard: Define
-- Needs: define
SELECT
    NULL::VARCHAR AS dataset,
    'nothing refers to the ' || o.kind || ' ' || o.oid AS cause
FROM define.oids AS o
WHERE
    o.kind IN ('ItemDef', 'MethodDef', 'CodeList', 'ValueListDef', 'WhereClauseDef', 'CommentDef', 'leaf')
    AND NOT EXISTS (
        SELECT 1
        FROM define."references" AS r
        WHERE r.standard = o.standard AND r.kind = o.kind AND r.oid = o.oid
    )
