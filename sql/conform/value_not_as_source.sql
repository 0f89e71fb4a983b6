-- One record per analysis value that is not the result of the record it was copied from.
-- Words: AVAL is {value}, which is not the result of the source record
-- Todo: copy the value from the source, or mark the record as derived (DTYPE)
-- Source: ADaMIG 1.3 section 3.3 (datapoint traceability)
-- Severity: error
-- Standard: ADaM
-- Each: dataset
-- Needs: USUBJID, PARAMCD, AVAL, SRCSEQ or EGSEQ or FASEQ or LBSEQ or PCSEQ or PPSEQ or QSSEQ or RSSEQ or
--   SCSEQ or TRSEQ or VSSEQ
WITH
numbered AS (
    SELECT
        _row,
        USUBJID AS subject,
        PARAMCD AS parameter,
        AVAL AS given,
        SRCDOM AS source,
        SRCVAR AS source_variable,
        COLUMNS('^(SRCSEQ|(EG|FA|LB|PC|PP|QS|RS|SC|TR|VS)SEQ)$')::DOUBLE
    FROM record
    WHERE AVAL IS NOT NULL AND DTYPE IS NULL
),

used AS (
    SELECT
        _row,
        subject,
        parameter,
        given,
        seq,
        CASE WHEN key = 'SRCSEQ' THEN source ELSE key[1:2] END AS source,
        CASE WHEN key = 'SRCSEQ' THEN source_variable ELSE key[1:2] || 'STRESN' END AS name
    FROM numbered UNPIVOT (
        seq FOR key IN (COLUMNS(* EXCLUDE (_row, subject, parameter, given, source, source_variable)))
    )
),

named AS ( -- the domain of a split dataset
    SELECT
        u.* EXCLUDE (source),
        coalesce(d.domain, u.source) AS source
    FROM used AS u
    LEFT JOIN meta.datasets AS d ON u.source = d.dataset
),

results AS (
    SELECT
        'EG' AS source,
        'EGSTRESN' AS name,
        USUBJID,
        EGSEQ AS seq,
        EGSTRESN AS result
    FROM sdtm.EG
    UNION ALL
    SELECT
        'FA' AS source,
        'FASTRESN' AS name,
        USUBJID,
        FASEQ AS seq,
        FASTRESN AS result
    FROM sdtm.FA
    UNION ALL
    SELECT
        'LB' AS source,
        'LBSTRESN' AS name,
        USUBJID,
        LBSEQ AS seq,
        LBSTRESN AS result
    FROM sdtm.LB
    UNION ALL
    SELECT
        'PC' AS source,
        'PCSTRESN' AS name,
        USUBJID,
        PCSEQ AS seq,
        PCSTRESN AS result
    FROM sdtm.PC
    UNION ALL
    SELECT
        'PP' AS source,
        'PPSTRESN' AS name,
        USUBJID,
        PPSEQ AS seq,
        PPSTRESN AS result
    FROM sdtm.PP
    UNION ALL
    SELECT
        'QS' AS source,
        'QSSTRESN' AS name,
        USUBJID,
        QSSEQ AS seq,
        QSSTRESN AS result
    FROM sdtm.QS
    UNION ALL
    SELECT
        'RS' AS source,
        'RSSTRESN' AS name,
        USUBJID,
        RSSEQ AS seq,
        RSSTRESN AS result
    FROM sdtm.RS
    UNION ALL
    SELECT
        'SC' AS source,
        'SCSTRESN' AS name,
        USUBJID,
        SCSEQ AS seq,
        SCSTRESN AS result
    FROM sdtm.SC
    UNION ALL
    SELECT
        'TR' AS source,
        'TRSTRESN' AS name,
        USUBJID,
        TRSEQ AS seq,
        TRSTRESN AS result
    FROM sdtm.TR
    UNION ALL
    SELECT
        'VS' AS source,
        'VSSTRESN' AS name,
        USUBJID,
        VSSEQ AS seq,
        VSSTRESN AS result
    FROM sdtm.VS
    UNION ALL
    SELECT
        'EX' AS source,
        'EXDOSE' AS name,
        USUBJID,
        EXSEQ AS seq,
        EXDOSE AS result
    FROM sdtm.EX
),

compared AS (
    SELECT
        u._row,
        u.parameter,
        u.given,
        abs(u.given - r.result) > 0.00001 * greatest(1, abs(r.result)) AS differs
    FROM named AS u
    INNER JOIN results AS r
        ON u.subject = r.USUBJID AND u.seq = r.seq AND u.source = r.source AND u.name = r.name
    WHERE r.result IS NOT NULL
)

SELECT
    'AVAL' AS variable,
    _row,
    printf('%g', given) AS value
FROM compared
QUALIFY differs AND avg(differs::INTEGER) OVER (PARTITION BY parameter) < 0.5 -- else it is no plain copy
