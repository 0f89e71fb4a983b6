-- One record per record that says again what another one of the subject says: same topic, time and result.
-- Words: {dataset} has records that are the same but for --SEQ
-- Todo: drop the copy, or add what tells the records apart (a reading, a location, a time)
-- Source: SDTMIG 3.4 section 4.1.3 (natural keys) and the structure of the domain
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: USUBJID
-- Classes: FINDINGS, FINDINGS ABOUT, EVENTS, INTERVENTIONS
WITH
-- few records are alike in what tells most of them apart; only of those is the rest read
alike AS (
    SELECT hash(USUBJID, TESTCD, TERM, TRT, DTC, STDTC, VISITNUM, ORRES) AS content
    FROM record
    GROUP BY content
    HAVING count(*) > 1
),

marked AS (
    SELECT
        _row,
        hash(
            hash(USUBJID, TESTCD, TERM, TRT, DTC, STDTC, VISITNUM, ORRES),
            hash(
                CAT,
                SCAT,
                OBJ,
                SPEC,
                LOC,
                LAT,
                DIR,
                METHOD,
                POS,
                EVAL,
                EVALID,
                LEAD,
                ANTREG,
                SPID,
                GRPID,
                REFID
            ),
            hash(
                TPT,
                TPTNUM,
                ELTM,
                ENDTC,
                STAT,
                STRESC,
                STRESU,
                REPNUM,
                PARTY,
                LNKID,
                TSTDTL,
                FOCID,
                SPDEVID,
                NAM
            ),
            hash(
                DECOD,
                MODIFY,
                PRESP,
                OCCUR,
                SEV,
                SER,
                REL,
                TOXGR,
                DOSE,
                DOSTXT,
                DOSU,
                DOSFRQ,
                ROUTE,
                LOT,
                INDC
            )
        ) AS content
    FROM record
    WHERE hash(USUBJID, TESTCD, TERM, TRT, DTC, STDTC, VISITNUM, ORRES) IN (SELECT content FROM alike)
),

twice AS (
    SELECT
        content,
        min(_row) AS first_row
    FROM marked
    GROUP BY content
    HAVING count(*) > 1
)

SELECT
    NULL::VARCHAR AS variable,
    m._row
FROM marked AS m
INNER JOIN twice AS t USING (content)
WHERE m._row > t.first_row
