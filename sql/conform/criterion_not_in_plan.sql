-- One record per criterion that a subject did not meet and TI does not have, in its words or in its category.
-- Words: {variable} of the criterion '{cause}' is not that of TI
-- Todo: take code, words and category from TI, of the version of the protocol that the subject was screened
--   under
-- Source: SDTMIG 3.4 sections 6.3.4 and 7.4.1; CG0178; CG0179; CORE-000227; CORE-000228
-- Severity: error
-- Standard: SDTM
-- Needs: IE.IETESTCD, TI.IETESTCD
SELECT
    i._dataset AS dataset,
    CASE
        WHEN NOT coalesce(bool_or(t.IETESTCD IS NOT NULL), FALSE) THEN 'IETESTCD'
        WHEN NOT bool_or(t.IETEST = i.IETEST) THEN 'IETEST'
        ELSE 'IECAT'
    END AS variable,
    i._row,
    i.IETESTCD AS cause,
    i.IETEST AS value
FROM sdtm.IE AS i
LEFT JOIN sdtm.TI AS t ON i.IETESTCD = t.IETESTCD
GROUP BY i._dataset, i._row, i.IETESTCD, i.IETEST, i.IECAT
HAVING coalesce(bool_or(t.IETEST = i.IETEST AND coalesce(t.IECAT, '') = coalesce(i.IECAT, '')), FALSE) = FALSE
