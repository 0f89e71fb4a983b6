-- One record per subject whose treatment is another than that of most in the arm.
-- Words: {variable} is '{cause}', which most subjects of this arm do not have
-- Todo: map each arm to one treatment per period
-- Source: ADaMIG 1.3 section 3.2
-- Severity: warning
-- Standard: ADaM
-- Needs: ADSL.ARM, ADSL.TRT01P
WITH
pairs AS (
    SELECT
        'TRT01P' AS variable,
        _row,
        ARM AS arm_name,
        TRT01P AS treatment
    FROM adam.ADSL
    UNION ALL
    SELECT
        'TRT01A' AS variable,
        _row,
        ACTARM AS arm_name,
        TRT01A AS treatment
    FROM adam.ADSL
),

usual AS (
    SELECT
        variable,
        arm_name,
        mode(treatment) AS treatment
    FROM pairs
    WHERE arm_name IS NOT NULL AND treatment IS NOT NULL
    GROUP BY variable, arm_name
)

SELECT
    'ADSL' AS dataset,
    p.variable,
    p.treatment AS cause,
    p._row,
    p.treatment AS value
FROM pairs AS p
INNER JOIN usual AS u USING (variable, arm_name)
WHERE p.treatment <> u.treatment
