-- One record per disposition whose words and whose term disagree about completion.
-- Words: DSTERM is COMPLETED but DSDECOD is '{cause}'
-- Todo: map COMPLETED to COMPLETED
-- Source: SDTMIG 3.4 section 6.2.4; CG0065; CORE-000033
-- Severity: error
-- Standard: SDTM
-- Needs: DS.DSTERM, DS.DSDECOD
SELECT
    _dataset AS dataset,
    'DSDECOD' AS variable,
    _row,
    DSDECOD AS cause,
    DSDECOD AS value
FROM sdtm.DS
WHERE upper(DSTERM) = 'COMPLETED' AND DSDECOD <> 'COMPLETED'
