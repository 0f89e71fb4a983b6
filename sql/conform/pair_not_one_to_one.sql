-- One record per value that stands with several values of the variable that says the same.
-- Words: {variable} and {cause} do not go together one to one: '{value}'
-- Todo: give each value of one variable one value of the other
-- Source: ADaMIG 1.3 section 3.1.4 (variable pairs)
-- Severity: error
-- Standard: ADaM
WITH
filled AS (
    SELECT *
    FROM meta.pairs
    WHERE
        value IS NOT NULL AND other_value IS NOT NULL
        AND NOT regexp_full_match(variable, 'M?CRIT[0-9]+') -- a criterion has many answers
),

several AS (
    SELECT
        *,
        count(*) OVER (PARTITION BY dataset, variable, other, within, value) AS others,
        count(*) OVER (PARTITION BY dataset, variable, other, within, other_value) AS own
    FROM filled
)

SELECT -- of several the one with the fewest records is the likely mistake
    dataset,
    variable,
    other AS cause,
    _row,
    value,
    records
FROM several
WHERE others > 1 OR own > 1
QUALIFY
    row_number() OVER (
        PARTITION BY dataset, variable, other, within, CASE WHEN others > 1 THEN value ELSE other_value END
        ORDER BY records DESC, _row ASC
    ) > 1
