-- One record per record that ends before it starts.
-- Words: the end is before the start
-- Todo: correct the dates at the source; where they are right, the record is two records
-- Source: SDTMIG 3.4 section 4.4; CG0046
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --STDTC, --ENDTC
SELECT
    $domain || 'ENDTC' AS variable,
    _row,
    ENDTC AS value
FROM record
WHERE is_before(ENDTC, STDTC)
