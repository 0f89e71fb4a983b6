-- One record per origin of a qualifier that is none.
-- Words: QORIG has the value '{cause}'
-- Todo: say where the value comes from: CRF, eDT, ASSIGNED, DERIVED or PROTOCOL
-- Source: SDTMIG 3.4 section 8.4; Define-XML 2.1 (origin)
-- Severity: warning
-- Standard: SDTM
SELECT
    dataset,
    variable,
    value AS cause,
    value,
    records,
    _row
FROM meta.values
WHERE
    standard = 'SDTM' AND domain = 'SUPP' AND variable = 'QORIG'
    AND NOT regexp_full_match(
        upper(value),
        '(CRF( PAGES?.*)?|EDT|E-DT|ASSIGNED|DERIVED|PROTOCOL|PREDECESSOR|COLLECTED|NOT AVAILABLE|OTHER)'
    )
