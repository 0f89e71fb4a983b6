-- One record per text of exactly 200 bytes that ends within a sentence, so as a program cuts it.
-- Words: {variable} has a text of 200 bytes that seems to be cut off: '...{cause}'
-- Todo: compare with the source; what goes beyond 200 bytes stands in the supplemental qualifiers, cut
--   between words
-- Source: SDTMIG 3.4 section 4.5.3.2
-- Severity: warning
-- Standard: both
SELECT
    v.dataset,
    v.variable,
    v.value[-20:] AS cause,
    v.value[-20:] AS value,
    v.records,
    v._row
FROM meta.values AS v
-- the rest of a text stands in the next variable or in the qualifiers
ANTI JOIN meta.values AS q
    ON
        q.dataset = 'SUPP' || v.dataset
        AND q.variable = 'QNAM'
        AND starts_with(q.value, left(v.variable, 7))
ANTI JOIN meta.variables AS n
    ON
        n.dataset = v.dataset
        AND starts_with(n.variable, v.variable)
        AND regexp_full_match(n.variable, '[A-Z]+[0-9]')
WHERE strlen(v.value) = 200 AND regexp_matches(v.value, '[A-Za-z0-9,;(-]$')
