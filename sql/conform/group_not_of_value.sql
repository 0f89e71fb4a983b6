-- One record per subject whose group is another than that of the same or a surrounding value.
-- Words: {variable} is '{cause}', which does not go with the value that is grouped
-- Todo: derive the group from the value
-- Source: ADaMIG 1.3 section 3.2 (AGEGRy, RACEGRy, SITEGRy)
-- Severity: error
-- Standard: ADaM
-- Needs: ADSL.AGE, ADSL.RACE, ADSL.SITEID
WITH
grouped AS (
    SELECT
        _row,
        AGE::VARCHAR AS age_value,
        RACE AS race_value,
        SITEID AS site_value,
        COLUMNS('^(SEX|(AGE|RACE|SITE)GR[0-9])$')
    FROM adam.ADSL
),

groups AS (
    SELECT
        _row,
        variable,
        value AS group_value,
        CASE left(variable, 3)
            WHEN 'AGE' THEN age_value
            WHEN 'RAC' THEN race_value
            WHEN 'SIT' THEN site_value
        END AS value
    FROM grouped UNPIVOT (
        value FOR variable IN (COLUMNS(* EXCLUDE (_row, age_value, race_value, site_value)))
    )
    WHERE variable <> 'SEX'
),

usual AS ( -- the group of most who have the value
    SELECT
        variable,
        value,
        mode(group_value) AS group_value
    FROM groups
    WHERE value IS NOT NULL
    GROUP BY variable, value
),

bounds AS (
    SELECT
        variable,
        group_value,
        min(value::DOUBLE) AS lowest,
        max(value::DOUBLE) AS highest
    FROM usual
    WHERE starts_with(variable, 'AGE')
    GROUP BY variable, group_value
)

SELECT
    'ADSL' AS dataset,
    g.variable,
    g.group_value AS cause,
    g._row,
    g.value
FROM groups AS g
INNER JOIN usual AS u USING (variable, value)
WHERE
    g.group_value <> u.group_value
    OR EXISTS ( -- an age between the ages of another group that lies around it
        SELECT 1
        FROM bounds AS b
        WHERE
            b.variable = g.variable AND b.group_value <> g.group_value
            AND try_cast(g.value AS DOUBLE) > b.lowest AND try_cast(g.value AS DOUBLE) < b.highest
    )
