-- One record per method or comment of Define-XML without words.
-- Words: {cause}
-- Todo: write the words, or drop it
-- Source: Define-XML 2.1 sections 5.3.16 (MethodDef) and 5.3.17 (CommentDef)
-- Severity: error
-- Standard: Define
-- Needs: define
SELECT
    NULL::VARCHAR AS dataset,
    'the method ' || method || ' has no words' AS cause
FROM define.methods
WHERE words IS NULL
UNION ALL
SELECT
    NULL AS dataset,
    'the comment ' || comment || ' has no words' AS cause
FROM define.comments
WHERE words IS NULL
