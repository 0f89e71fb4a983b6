-- One record per subject per adverse event (ADaM OCCDS 1.1), with the sequence number of SDTM. Dates: SDTM
-- keeps what the site knew; days are imputed only here and flagged (D day, M month and day, Y all). A start
-- is the first day that its known part allows, or the day of first dose where it could be that day and the
-- event is not known to have ended before: doubt counts against the drug. An end is the last day that its
-- known part allows, not after the day the subject was last known alive; a missing end stays missing. An
-- imputed start is never after the end. Treatment-emergent: starts on or after the first dose, up to the last
-- one plus the days that the analysis plan gives; while dosing goes on (TRTEDT empty) that window has no end.
-- Where the plan says not_flagged, a start that is missing or known by its year alone is imputed all the
-- same, and the event is not treatment-emergent.
-- Times settle the order on the day of first dose where both are known. Occurrence flags mark the first of a
-- subject's treatment-emergent events (AOCCFL, by body system AOCCSFL, by term AOCCPFL), or the first of the
-- worst grade, or of the worst severity where no grade is collected (AOCCIFL, AOCCPIFL).
WITH
known AS ( -- the part of each date that can be relied on: from the left, up to the first gap
    SELECT
        ae.* EXCLUDE (STUDYID, DOMAIN),
        a.* EXCLUDE (USUBJID),
        nullif(regexp_extract(ae.AESTDTC, '^\d{4}(-\d{2}(-\d{2})?)?'), '') AS START_PART,
        nullif(regexp_extract(ae.AEENDTC, '^\d{4}(-\d{2}(-\d{2})?)?'), '') AS END_PART
    FROM sdtm.ae AS ae
    INNER JOIN adam.adsl AS a ON ae.USUBJID = a.USUBJID
),

bounds AS ( -- the first and the last day that each date can be
    SELECT
        *,
        cast(left(START_PART || '-01-01', 10) AS DATE) AS START_FIRST,
        cast(left(END_PART || '-01-01', 10) AS DATE) AS END_FIRST,
        CASE length(START_PART)
            WHEN 10 THEN START_FIRST
            WHEN 7 THEN last_day(START_FIRST)
            WHEN 4 THEN make_date(year(START_FIRST), 12, 31)
        END AS START_LAST,
        CASE length(END_PART)
            WHEN 10 THEN END_FIRST
            WHEN 7 THEN last_day(END_FIRST)
            WHEN 4 THEN make_date(year(END_FIRST), 12, 31)
        END AS END_LAST
    FROM known
),

ended AS ( -- the end first: the start depends on it
    SELECT
        *,
        CASE
            WHEN length(END_PART) = 10 THEN END_FIRST
            WHEN END_PART IS NOT NULL THEN greatest(least(END_LAST, LSTALVDT), END_FIRST, START_FIRST)
        END AS AENDT
    FROM bounds
),

candidates AS ( -- the start before it is held against the end
    SELECT
        *,
        CASE
            WHEN length(START_PART) = 10 THEN START_FIRST
            WHEN
                coalesce(AENDT >= TRTSDT, TRUE)
                AND coalesce(TRTSDT BETWEEN START_FIRST AND START_LAST, START_PART IS NULL)
                THEN TRTSDT
            ELSE START_FIRST
        END AS CANDIDATE
    FROM ended
),

started AS (
    SELECT
        *,
        CASE
            WHEN length(START_PART) = 10 OR CANDIDATE IS NULL THEN CANDIDATE ELSE least(CANDIDATE, AENDT)
        END AS ASTDT,
        CASE WHEN length(AESTDTC) > 10 THEN try_cast(AESTDTC AS TIMESTAMP) END AS STARTED_AT
    FROM candidates
),

windows AS ( -- before, during or after the treatment-emergent window
    SELECT
        *,
        CASE
            WHEN SAFFL = 'N' THEN NULL
            WHEN coalesce(STARTED_AT < TRTSDTM, coalesce(ASTDT, AENDT) < TRTSDT) THEN 'BEFORE'
            WHEN ASTDT > TRTEDT + cast($treatment_emergent_days AS INTEGER) THEN 'AFTER'
            WHEN ASTDT >= TRTSDT THEN 'DURING'
        END AS RELATIVE_TO_WINDOW,
        CASE
            WHEN $unknown_ae_start = 'not_flagged' AND length(coalesce(START_PART, '')) < 7 THEN NULL
            WHEN RELATIVE_TO_WINDOW = 'DURING' THEN 'Y'
        END AS TRTEMFL,
        coalesce(AEDECOD, upper(AETERM)) AS TERM,
        coalesce(AESOC, AEBODSYS) AS BODY_SYSTEM,
        try_cast(AETOXGR AS DOUBLE) AS ATOXGRN,
        CASE AESEV WHEN 'MILD' THEN 1 WHEN 'MODERATE' THEN 2 WHEN 'SEVERE' THEN 3 END AS SEVERITY,
        coalesce(ATOXGRN, SEVERITY) AS WORSE
    FROM started
),

flags AS ( -- rank of each event among the subject's treatment-emergent ones
    SELECT
        *,
        row_number() OVER (PARTITION BY USUBJID, TRTEMFL ORDER BY ASTDT, AESEQ) AS NTH,
        row_number() OVER (PARTITION BY USUBJID, TRTEMFL, BODY_SYSTEM ORDER BY ASTDT, AESEQ) AS NTH_OF_BODSYS,
        row_number() OVER (PARTITION BY USUBJID, TRTEMFL, TERM ORDER BY ASTDT, AESEQ) AS NTH_OF_TERM,
        row_number()
            OVER (PARTITION BY USUBJID, TRTEMFL ORDER BY WORSE DESC NULLS LAST, ASTDT ASC, AESEQ ASC)
            AS NTH_WORST,
        row_number() OVER (
            PARTITION BY USUBJID, TRTEMFL, TERM ORDER BY WORSE DESC NULLS LAST, ASTDT ASC, AESEQ ASC
        ) AS NTH_WORST_OF_TERM
    FROM windows
),

adae AS (
    SELECT
        STUDYID,
        USUBJID,
        SUBJID,
        SITEID,
        TRT01A AS TRTA,
        AGE,
        SEX,
        SAFFL,
        TRTSDT,
        TRTEDT,
        AESEQ,
        AESPID,
        AETERM,
        AEDECOD,
        AEBODSYS,
        AESOC,
        EPOCH,
        AESTDTC,
        -- The day of AESTDTC. Where it is not complete: the day of first exposure if the event may have
        -- started then and AENDT is not before it, else the first day that the known part allows; never after
        -- AENDT.
        ASTDT,
        -- The highest part of ASTDT that was imputed: Y, M or D; missing where AESTDTC is complete.
        CASE
            WHEN ASTDT IS NULL OR length(START_PART) = 10 THEN NULL
            WHEN length(START_PART) = 7 THEN 'D'
            WHEN length(START_PART) = 4 THEN 'M'
            ELSE 'Y'
        END AS ASTDTF,
        -- ASTDT - TRTSDT, plus 1 where ASTDT is not before TRTSDT: there is no day 0.
        ASTDT - TRTSDT + cast(ASTDT >= TRTSDT AS INTEGER) AS ASTDY,
        AEENDTC,
        -- The day of AEENDTC. Where it is not complete: the last day that the known part allows, not after
        -- LSTALVDT and not before the first day that the start allows. Missing where AEENDTC is missing.
        AENDT,
        -- The highest part of AENDT that was imputed: M or D; missing where AEENDTC is complete.
        CASE length(END_PART) WHEN 4 THEN 'M' WHEN 7 THEN 'D' END AS AENDTF,
        -- AENDT - TRTSDT, plus 1 where AENDT is not before TRTSDT: there is no day 0.
        AENDT - TRTSDT + cast(AENDT >= TRTSDT AS INTEGER) AS AENDY,
        -- Y where a treated subject's event starts on or after the first dose and not more than
        -- $treatment_emergent_days days after the last one; on the day of the first dose the times decide
        -- where both are known. A start of which not even the month is known is $unknown_ae_start.
        TRTEMFL,
        -- Y where the event starts before the first dose, or ends before it where the start is missing; on
        -- the day of the first dose the times decide where both are known.
        CASE WHEN RELATIVE_TO_WINDOW = 'BEFORE' THEN 'Y' END AS PREFL,
        -- Y where ASTDT is more than $treatment_emergent_days days after TRTEDT.
        CASE WHEN RELATIVE_TO_WINDOW = 'AFTER' THEN 'Y' END AS FUPFL,
        AESER,
        AESEV,
        AETOXGR AS ATOXGR,
        -- ATOXGR as a number.
        ATOXGRN,
        AEREL,
        -- AEREL; RELATED where it is missing: without a judgement the doubt counts against the treatment.
        coalesce(AEREL, 'RELATED') AS AREL,
        -- NOT RELATED where AREL says not, unlikely, unrelated, none or no, RELATED otherwise.
        CASE
            WHEN starts_with(upper(AREL), 'NOT') OR starts_with(upper(AREL), 'UNLIKELY') THEN 'NOT RELATED'
            WHEN upper(AREL) IN ('UNRELATED', 'NONE', 'NO', 'N') THEN 'NOT RELATED'
            ELSE 'RELATED'
        END AS RELGR1,
        AEACN,
        AEOUT,
        -- Y on the first treatment-emergent event (TRTEMFL Y) of the subject, in the order of ASTDT and
        -- AESEQ.
        CASE WHEN TRTEMFL = 'Y' AND NTH = 1 THEN 'Y' END AS AOCCFL,
        -- Y on the first treatment-emergent event (TRTEMFL Y) of the subject in its system organ class
        -- (AESOC, or AEBODSYS where it is missing), in the order of ASTDT and AESEQ.
        CASE WHEN TRTEMFL = 'Y' AND NTH_OF_BODSYS = 1 THEN 'Y' END AS AOCCSFL,
        -- Y on the first treatment-emergent event (TRTEMFL Y) of the subject with its preferred term
        -- (AEDECOD, or AETERM where it is missing), in the order of ASTDT and AESEQ.
        CASE WHEN TRTEMFL = 'Y' AND NTH_OF_TERM = 1 THEN 'Y' END AS AOCCPFL,
        -- Y on the first of the worst treatment-emergent events (TRTEMFL Y) of the subject: highest ATOXGRN,
        -- or where no grade was collected the highest AESEV, in the order of ASTDT and AESEQ.
        CASE WHEN TRTEMFL = 'Y' AND NTH_WORST = 1 THEN 'Y' END AS AOCCIFL,
        -- Y on the first of the worst treatment-emergent events (TRTEMFL Y) of the subject with the preferred
        -- term (AEDECOD, or AETERM where it is missing): highest ATOXGRN, or where no grade was collected the
        -- highest AESEV, in the order of ASTDT and AESEQ.
        CASE WHEN TRTEMFL = 'Y' AND NTH_WORST_OF_TERM = 1 THEN 'Y' END AS AOCCPIFL,
        -- The dataset that the record comes from.
        'AE' AS SRCDOM,
        -- The variable that the record comes from.
        'AETERM' AS SRCVAR,
        AESEQ AS SRCSEQ
    FROM flags
)

SELECT * FROM adae
ORDER BY USUBJID, AESEQ
