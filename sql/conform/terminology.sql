-- One record per text of a variable with a codelist that nobody may extend, which is none of its terms.
-- Words: {variable} has the value '{cause}', which is not a term of its codelist
-- Todo: map the value to a term of the codelist; this codelist may not be extended
-- Source: SDTMIG 3.4 section 4.3; SDTM CT 2025-03-28
-- Severity: error
-- Standard: SDTM
SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
SEMI JOIN meta.listed AS l
    ON v.standard = l.standard AND v.domain = l.domain AND v.variable = l.variable AND NOT l.extensible
ANTI JOIN meta.allowed AS a
    ON
        v.standard = a.standard AND v.domain = a.domain AND v.variable = a.variable
        AND lower(v.value) = lower(a.term)
WHERE
    v.standard = 'SDTM'
    -- the IG's codelist is of words and of oncology; numbers and instruments have others
    AND v.variable NOT IN ('LBSTRESC', 'EGSTRESC', 'RSSTRESC', 'RSTESTCD', 'RSTEST', 'DSDECOD')
