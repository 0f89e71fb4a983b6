-- One record per OID that Define-XML defines twice.
-- Words: {cause}
-- Todo: give each element an OID of its own
-- Source: Define-XML 2.1 section 5.1 (OIDs); ODM 1.3.2
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT
    NULL::VARCHAR AS dataset,
    'the ' || kind || ' ' || oid || ' is defined ' || times || ' times' AS cause
FROM define.oids
WHERE times > 1
