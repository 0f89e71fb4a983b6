-- One record per text of a criterion beyond the first of its parameter.
-- Words: {variable} has more than one text within the parameter: '{cause}'
-- Todo: one criterion per variable and parameter; a second one is CRIT2
-- Source: ADaMIG 1.3 section 3.3 (CRITy)
-- Severity: error
-- Standard: ADaM
WITH
texts AS (
    SELECT
        dataset,
        variable,
        within,
        value,
        sum(records) AS records,
        min(_row) AS _row
    FROM meta.pairs
    WHERE regexp_full_match(variable, 'M?CRIT[0-9]+') AND value IS NOT NULL
    GROUP BY dataset, variable, within, value
)

SELECT
    dataset,
    variable,
    value AS cause,
    _row,
    value,
    records
FROM texts
QUALIFY row_number() OVER (PARTITION BY dataset, variable, within ORDER BY records DESC, value ASC) > 1
