-- One record per record whose source record is not there.
-- Words: {cause} has no record with the number that {variable} gives for the subject
-- Todo: point to the record that the value comes from
-- Source: ADaMIG 1.3 section 3.3 (datapoint traceability)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, SRCSEQ or AESEQ or CESEQ or CMSEQ or DSSEQ or ECSEQ or EGSEQ or EXSEQ or FASEQ or LBSEQ
--   or MHSEQ or PCSEQ or PPSEQ or PRSEQ or QSSEQ or RSSEQ or SCSEQ or TRSEQ or TUSEQ or VSSEQ
WITH numbered AS (
    SELECT
        _row,
        USUBJID AS subject,
        SRCDOM AS source,
        COLUMNS('^(SRCSEQ|(AE|CE|CM|DS|EC|EG|EX|FA|LB|MH|PC|PP|PR|QS|RS|SC|TR|TU|VS)SEQ)$')::DOUBLE
    FROM record
),

used AS (
    SELECT
        _row,
        subject,
        variable,
        seq,
        CASE WHEN variable = 'SRCSEQ' THEN source ELSE variable[1:2] END AS source
    FROM numbered UNPIVOT (seq FOR variable IN (COLUMNS(* EXCLUDE (_row, subject, source))))
),

named AS ( -- the domain of a split dataset
    SELECT
        u.* EXCLUDE (source),
        coalesce(d.domain, u.source) AS source
    FROM used AS u
    LEFT JOIN meta.datasets AS d ON u.source = d.dataset
),

there AS (
    SELECT
        'AE' AS source,
        USUBJID,
        AESEQ AS seq
    FROM sdtm.AE
    UNION ALL
    SELECT
        'CE' AS source,
        USUBJID,
        CESEQ AS seq
    FROM sdtm.CE
    UNION ALL
    SELECT
        'CM' AS source,
        USUBJID,
        CMSEQ AS seq
    FROM sdtm.CM
    UNION ALL
    SELECT
        'DS' AS source,
        USUBJID,
        DSSEQ AS seq
    FROM sdtm.DS
    UNION ALL
    SELECT
        'EC' AS source,
        USUBJID,
        ECSEQ AS seq
    FROM sdtm.EC
    UNION ALL
    SELECT
        'EG' AS source,
        USUBJID,
        EGSEQ AS seq
    FROM sdtm.EG
    UNION ALL
    SELECT
        'EX' AS source,
        USUBJID,
        EXSEQ AS seq
    FROM sdtm.EX
    UNION ALL
    SELECT
        'FA' AS source,
        USUBJID,
        FASEQ AS seq
    FROM sdtm.FA
    UNION ALL
    SELECT
        'LB' AS source,
        USUBJID,
        LBSEQ AS seq
    FROM sdtm.LB
    UNION ALL
    SELECT
        'MH' AS source,
        USUBJID,
        MHSEQ AS seq
    FROM sdtm.MH
    UNION ALL
    SELECT
        'PC' AS source,
        USUBJID,
        PCSEQ AS seq
    FROM sdtm.PC
    UNION ALL
    SELECT
        'PP' AS source,
        USUBJID,
        PPSEQ AS seq
    FROM sdtm.PP
    UNION ALL
    SELECT
        'PR' AS source,
        USUBJID,
        PRSEQ AS seq
    FROM sdtm.PR
    UNION ALL
    SELECT
        'QS' AS source,
        USUBJID,
        QSSEQ AS seq
    FROM sdtm.QS
    UNION ALL
    SELECT
        'RS' AS source,
        USUBJID,
        RSSEQ AS seq
    FROM sdtm.RS
    UNION ALL
    SELECT
        'SC' AS source,
        USUBJID,
        SCSEQ AS seq
    FROM sdtm.SC
    UNION ALL
    SELECT
        'TR' AS source,
        USUBJID,
        TRSEQ AS seq
    FROM sdtm.TR
    UNION ALL
    SELECT
        'TU' AS source,
        USUBJID,
        TUSEQ AS seq
    FROM sdtm.TU
    UNION ALL
    SELECT
        'VS' AS source,
        USUBJID,
        VSSEQ AS seq
    FROM sdtm.VS
    UNION ALL
    SELECT
        'ADQS' AS source,
        USUBJID,
        ASEQ AS seq
    FROM adam.ADQS
    UNION ALL
    SELECT
        'ADVS' AS source,
        USUBJID,
        ASEQ AS seq
    FROM adam.ADVS
    UNION ALL
    SELECT
        'ADLB' AS source,
        USUBJID,
        ASEQ AS seq
    FROM adam.ADLB
    UNION ALL
    SELECT
        'ADEX' AS source,
        USUBJID,
        ASEQ AS seq
    FROM adam.ADEX
    UNION ALL
    SELECT
        'ADTTE' AS source,
        USUBJID,
        ASEQ AS seq
    FROM adam.ADTTE
),

k AS (SELECT DISTINCT source FROM there)

SELECT
    u.variable,
    u.source AS cause,
    u._row,
    printf('%g', u.seq) AS value
FROM named AS u
SEMI JOIN meta.datasets AS s ON u.source = s.domain
SEMI JOIN k ON u.source = k.source
ANTI JOIN there AS t ON u.subject = t.USUBJID AND u.seq = t.seq AND u.source = t.source
