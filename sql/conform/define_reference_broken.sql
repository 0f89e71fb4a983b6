-- One record per OID that Define-XML refers to and does not define.
-- Words: {cause}
-- Todo: define it, or drop the reference
-- Source: Define-XML 2.1 section 5.1 (OIDs); ODM 1.3.2
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT
    NULL::VARCHAR AS dataset,
    min(r.place) || ' refers to the ' || r.kind || ' ' || r.oid || ', which is not defined' AS cause
FROM define."references" AS r
ANTI JOIN define.oids AS o ON o.standard = r.standard AND o.kind = r.kind AND o.oid = r.oid
GROUP BY r.standard, r.kind, r.oid
