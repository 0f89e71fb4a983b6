-- One record per treated subject with a PASI above 0 at baseline: days to the first PASI-50 response (ADaMIG
-- 1.3, TTE). The event is the first assessment after the first dose, at any visit planned or not, with a PASI
-- at least 50 % below baseline as observed. Without one the subject is censored at the last assessment, or at
-- the first dose if there was none. The day of first dose is day 1.
WITH
assessments AS ( -- observed totals after baseline
    SELECT
        USUBJID,
        ASEQ,
        ADT,
        CRIT1FL
    FROM adam.adqs
    WHERE PARAMCD = 'PASITOT' AND DTYPE IS NULL AND CRIT1FL IS NOT NULL AND ADT IS NOT NULL
),

endings AS ( -- the first response, else the last assessment
    SELECT
        USUBJID,
        ASEQ,
        ADT,
        CRIT1FL
    FROM assessments
    QUALIFY row_number() OVER (
        PARTITION BY USUBJID
        ORDER BY CRIT1FL DESC, CASE WHEN CRIT1FL = 'Y' THEN ADT END ASC, ADT DESC, ASEQ ASC
    ) = 1
),

adtte AS (
    SELECT
        a.STUDYID,
        a.USUBJID,
        a.SUBJID,
        a.SITEID,
        a.TRT01P AS TRTP,
        a.TRT01A AS TRTA,
        a.SAFFL,
        -- The parameter in words.
        'Time to First PASI-50 Response (Days)' AS PARAM,
        -- Code of the parameter.
        'TTPASI50' AS PARAMCD,
        -- ADT - STARTDT + 1: the day of first dose is day 1.
        coalesce(e.ADT, a.TRTSDT) - a.TRTSDT + 1 AS AVAL,
        a.TRTSDT AS STARTDT,
        -- The day of the first assessment after the first dose with a PASI at least 50 % below baseline
        -- (ADQS.ADT where PARAMCD is PASITOT, DTYPE is missing and CRIT1FL is Y); without one that of the
        -- last assessment, and TRTSDT where there was none.
        coalesce(e.ADT, a.TRTSDT) AS ADT,
        -- 0 where there was a response, 1 where the subject is censored.
        CASE WHEN e.CRIT1FL = 'Y' THEN 0 ELSE 1 END AS CNSR,
        -- PASI-50 response or No PASI-50 response, by CNSR.
        CASE WHEN e.CRIT1FL = 'Y' THEN 'PASI-50 response' ELSE 'No PASI-50 response' END AS EVNTDESC,
        -- Of a censored subject, which date ADT is.
        CASE
            WHEN e.ADT IS NULL THEN 'Date of first dose'
            WHEN e.CRIT1FL = 'N' THEN 'Date of last PASI assessment'
        END AS CNSDTDSC,
        -- The dataset that ADT comes from.
        CASE WHEN e.ADT IS NULL THEN 'ADSL' ELSE 'ADQS' END AS SRCDOM,
        -- The variable that ADT comes from.
        CASE WHEN e.ADT IS NULL THEN 'TRTSDT' ELSE 'ADT' END AS SRCVAR,
        e.ASEQ AS SRCSEQ
    FROM adam.adsl AS a
    LEFT JOIN endings AS e ON a.USUBJID = e.USUBJID
    WHERE a.TRTSDT IS NOT NULL AND a.PASIBL > 0
)

SELECT * FROM adtte
ORDER BY USUBJID, PARAMCD
