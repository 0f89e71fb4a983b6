-- One record per adverse event of a subject of ADSL that ADAE does not have.
-- Words: an adverse event of AE is not in ADAE
-- Todo: ADAE has every event of AE, flagged as the analysis needs it, or the guide says which it leaves out
-- Source: OCCDS 1.1 section 2
-- Severity: warning
-- Standard: ADaM
-- Needs: ADAE.AESEQ, AE.AESEQ, ADSL.USUBJID
SELECT
    'AE' AS dataset,
    'AESEQ' AS variable,
    e._row,
    printf('%g', e.AESEQ) AS value
FROM sdtm.AE AS e
SEMI JOIN adam.ADSL AS a ON e.USUBJID = a.USUBJID
ANTI JOIN adam.ADAE AS o ON e.USUBJID = o.USUBJID AND e.AESEQ = o.AESEQ
