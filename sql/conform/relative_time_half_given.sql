-- One record per record that lies before, at or after a time point that is not named, or the other way round.
-- Words: of the time point and the relation to it one is missing: {variable}
-- Todo: fill {variable}; --STRTPT goes with --STTPT, --ENRTPT with --ENTPT
-- Source: SDTMIG 3.4 section 4.4.7; CG0045; CG0059; CG0060; CG0062; CORE-000085; CORE-000106
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --STRTPT or --STTPT or --ENRTPT or --ENTPT
SELECT
    $domain || CASE
        WHEN STRTPT IS NOT NULL AND STTPT IS NULL THEN 'STTPT'
        WHEN STTPT IS NOT NULL AND STRTPT IS NULL THEN 'STRTPT'
        WHEN ENRTPT IS NOT NULL AND ENTPT IS NULL THEN 'ENTPT'
        ELSE 'ENRTPT'
    END AS variable,
    _row
FROM record
WHERE (STRTPT IS NULL) <> (STTPT IS NULL) OR (ENRTPT IS NULL) <> (ENTPT IS NULL)
