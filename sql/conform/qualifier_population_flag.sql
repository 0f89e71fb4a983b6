-- One record per population flag among the qualifiers of DM.
-- Words: QNAM {cause} is a population flag, which is analysis
-- Todo: keep population flags in ADSL
-- Source: SDTMIG 3.4 section 5.2; CG0528; CORE-000211
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
    standard = 'SDTM' AND dataset = 'SUPPDM' AND variable = 'QNAM'
    AND regexp_matches(
        value, 'ENRFL|SAFFL|EFFFL|ITTFL|PPROTFL|COMPLFL|COMPLT|FULLSET|^ITT|PPROT|SAFETY|EFFICACY'
    )
