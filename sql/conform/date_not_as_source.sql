-- One record per analysis date that is not the date of the record it was copied from.
-- Words: {variable} is {value}, which is not the date of the source record
-- Todo: copy the date from the source, or mark the record as derived (DTYPE)
-- Source: ADaMIG 1.3 sections 3.1.2 and 3.3 (datapoint traceability)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, ADT or ASTDT, SRCSEQ or EGSEQ or FASEQ or LBSEQ or PCSEQ or PPSEQ or QSSEQ or RSSEQ or
--   SCSEQ or TRSEQ or VSSEQ
-- Classes: BASIC DATA STRUCTURE
WITH
numbered AS (
    SELECT
        _row,
        USUBJID AS subject,
        coalesce(ADT, ASTDT) AS day,
        CASE WHEN ADT IS NULL THEN 'ASTDT' ELSE 'ADT' END AS dated,
        SRCDOM AS source,
        COLUMNS('^(SRCSEQ|(EG|FA|LB|PC|PP|QS|RS|SC|TR|VS)SEQ)$')::DOUBLE
    FROM record
    WHERE DTYPE IS NULL
),

used AS (
    SELECT
        _row,
        subject,
        day,
        dated,
        seq,
        CASE WHEN key = 'SRCSEQ' THEN source ELSE key[1:2] END AS source
    FROM numbered UNPIVOT (seq FOR key IN (COLUMNS(* EXCLUDE (_row, subject, day, dated, source))))
    WHERE day IS NOT NULL
),

named AS ( -- the domain of a split dataset
    SELECT
        u.* EXCLUDE (source),
        coalesce(d.domain, u.source) AS source
    FROM used AS u
    LEFT JOIN meta.datasets AS d ON u.source = d.dataset
),

dates AS (
    SELECT
        'EG' AS source,
        USUBJID,
        EGSEQ AS seq,
        EGDTC AS dtc
    FROM sdtm.EG
    UNION ALL
    SELECT
        'FA' AS source,
        USUBJID,
        FASEQ AS seq,
        FADTC AS dtc
    FROM sdtm.FA
    UNION ALL
    SELECT
        'LB' AS source,
        USUBJID,
        LBSEQ AS seq,
        LBDTC AS dtc
    FROM sdtm.LB
    UNION ALL
    SELECT
        'PC' AS source,
        USUBJID,
        PCSEQ AS seq,
        PCDTC AS dtc
    FROM sdtm.PC
    UNION ALL
    SELECT
        'PP' AS source,
        USUBJID,
        PPSEQ AS seq,
        PPDTC AS dtc
    FROM sdtm.PP
    UNION ALL
    SELECT
        'QS' AS source,
        USUBJID,
        QSSEQ AS seq,
        QSDTC AS dtc
    FROM sdtm.QS
    UNION ALL
    SELECT
        'RS' AS source,
        USUBJID,
        RSSEQ AS seq,
        RSDTC AS dtc
    FROM sdtm.RS
    UNION ALL
    SELECT
        'SC' AS source,
        USUBJID,
        SCSEQ AS seq,
        SCDTC AS dtc
    FROM sdtm.SC
    UNION ALL
    SELECT
        'TR' AS source,
        USUBJID,
        TRSEQ AS seq,
        TRDTC AS dtc
    FROM sdtm.TR
    UNION ALL
    SELECT
        'VS' AS source,
        USUBJID,
        VSSEQ AS seq,
        VSDTC AS dtc
    FROM sdtm.VS
    UNION ALL
    SELECT
        'ADQS' AS source,
        USUBJID,
        ASEQ AS seq,
        ADT::VARCHAR AS dtc
    FROM adam.ADQS
    UNION ALL
    SELECT
        'ADVS' AS source,
        USUBJID,
        ASEQ AS seq,
        ADT::VARCHAR AS dtc
    FROM adam.ADVS
    UNION ALL
    SELECT
        'ADLB' AS source,
        USUBJID,
        ASEQ AS seq,
        ADT::VARCHAR AS dtc
    FROM adam.ADLB
    UNION ALL
    SELECT
        'EX' AS source,
        USUBJID,
        EXSEQ AS seq,
        EXSTDTC AS dtc
    FROM sdtm.EX
    UNION ALL
    SELECT
        'AE' AS source,
        USUBJID,
        AESEQ AS seq,
        AESTDTC AS dtc
    FROM sdtm.AE
),

compared AS (
    SELECT
        u._row,
        u.dated,
        u.day,
        NOT starts_with(
            u.day::VARCHAR, left(regexp_extract(d.dtc, '^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?'), 10)
        ) AS differs
    FROM named AS u
    INNER JOIN dates AS d ON u.subject = d.USUBJID AND u.seq = d.seq AND u.source = d.source
    WHERE d.dtc IS NOT NULL
)

SELECT
    dated AS variable,
    _row,
    day::VARCHAR AS value
FROM compared
QUALIFY differs AND avg(differs::INTEGER) OVER () < 0.5 -- else it is no plain copy
