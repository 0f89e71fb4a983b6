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
        value,
        '(CRF( P[Aa][Gg][Ee][Ss]?.*)?|e-?DT|EDT|ASSIGNED|DERIVED|PROTOCOL|PREDECESSOR|COLLECTED|OTHER'
        || '|Assigned|Derived|Protocol|Predecessor|Collected|Other|NOT AVAILABLE|Not Available)'
    )
