-- One record per value of ADSL that differs from the same variable of DM.
-- Words: {variable} is not the value that DM has
-- Todo: copy the variable from DM unchanged; what is derived gets a name of its own
-- Source: ADaMIG 1.3 section 3.1.1, rule 3 (same name, same value)
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.USUBJID, DM.USUBJID
WITH
analysed AS (
    SELECT
        _row,
        USUBJID,
        COLUMNS(
            '^(SUBJID|SITEID|AGE|AGEU|SEX|RACE|ETHNIC|COUNTRY|INVID|ARM|ARMCD|ACTARM|ACTARMCD|ARMNRS|DTHFL)$'
        )::VARCHAR
    FROM adam.ADSL
),

collected AS (
    SELECT
        USUBJID,
        COLUMNS(
            '^(SUBJID|SITEID|AGE|AGEU|SEX|RACE|ETHNIC|COUNTRY|INVID|ARM|ARMCD|ACTARM|ACTARMCD|ARMNRS|DTHFL)$'
        )::VARCHAR
    FROM sdtm.DM
),

values_of_adsl AS (
    SELECT
        _row,
        USUBJID,
        variable,
        value
    FROM analysed UNPIVOT INCLUDE NULLS (value FOR variable IN (COLUMNS(* EXCLUDE (_row, USUBJID))))
),

values_of_dm AS (
    SELECT
        USUBJID,
        variable,
        value
    FROM collected UNPIVOT INCLUDE NULLS (value FOR variable IN (COLUMNS(* EXCLUDE (USUBJID))))
)

SELECT
    'ADSL' AS dataset,
    a.variable,
    a._row,
    a.value
FROM values_of_adsl AS a
INNER JOIN values_of_dm AS d USING (USUBJID, variable)
SEMI JOIN meta.variables AS v ON v.dataset = 'ADSL' AND a.variable = v.variable
SEMI JOIN meta.variables AS w ON w.dataset = 'DM' AND a.variable = w.variable
WHERE a.value IS DISTINCT FROM d.value
