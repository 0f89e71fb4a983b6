-- One record per value of a flag that is none of those that it may have.
-- Words: {variable} has the value '{cause}'; a flag is Y or missing, N where the standard has it
-- Todo: use Y, N or missing as the standard gives them
-- Source: ADaMIG 1.3 section 3.1.3 and sections 3.2, 3.3; OCCDS 1.1
-- Severity: error
-- Standard: ADaM
SELECT
    v.dataset,
    v.variable,
    v.value AS cause,
    v.value,
    v.records,
    v._row
FROM meta.values AS v
WHERE
    v.standard = 'ADaM'
    AND regexp_full_match(v.variable, '[A-Z][A-Z0-9]*FL')
    AND v.value NOT IN (
        'Y',
        CASE
            WHEN
                regexp_full_match(
                    v.variable,
                    'ABLFL|ANL[0-9]{2}FL|ONTRTFL|LVOTFL|AOCC[A-Z0-9]*FL|(ITT|SAF|FAS|PPROT|COMPL)[RP]FL'
                )
                THEN 'Y'
            ELSE 'N'
        END
    )
