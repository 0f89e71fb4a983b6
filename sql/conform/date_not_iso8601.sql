-- One record per text of a date variable that is no date, time or interval of ISO 8601, or a day no
--   calendar has.
-- Words: {variable} has the value '{cause}', which is no date of ISO 8601
-- Todo: write YYYY-MM-DDThh:mm:ss from the left as far as it is known; what is unknown between is a hyphen
-- Source: SDTMIG 3.4 sections 4.4.1 and 4.4.2; CG0238
-- Severity: error
-- Standard: SDTM
WITH
dates AS (
    SELECT
        domain,
        variable
    FROM standards.sdtmig
    WHERE domains = 'ISO 8601 datetime or interval'
),

texts AS (
    SELECT
        v.*,
        -- a hyphen for an unknown part is taken for a part that is there
        regexp_replace(unnest(string_split(v.value, '/')), 'Z$|(T.*)[+-]\d{2}:\d{2}$', '\1') AS one,
        len(string_split(v.value, '/')) AS parts
    FROM meta.values AS v
    WHERE
        v.standard = 'SDTM'
        AND (
            ends_with(v.variable, 'DTC') AND v.domain <> 'TS'
            OR EXISTS (
                SELECT 1 FROM dates AS d
                WHERE d.domain = v.domain AND d.variable = v.variable
            )
        )
        -- what nearly all of them are, and certainly right
        AND NOT (
            regexp_full_match(v.value, '\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?)?')
            AND try_cast(left(v.value, 10) AS DATE) IS NOT NULL
        )
)

SELECT
    dataset,
    variable,
    value AS cause,
    value,
    any_value(records) AS records,
    any_value(_row) AS _row
FROM texts
WHERE
    parts > 2
    OR NOT coalesce(
        regexp_full_match(
            one,
            '(\d{4}|-)(-(0[1-9]|1[0-2]|-)(-(0[1-9]|[12]\d|3[01]|-)'
            || '(T([01]\d|2[0-3]|-)(:([0-5]\d|-)(:([0-5]\d(\.\d+)?))?)?)?)?)?'
        )
        -- the last part is never an unknown one
        AND NOT regexp_matches(one, '[-:T]-$|^-$|-$')
        AND (
            NOT regexp_matches(one, '^\d{4}-\d{2}-\d{2}')
            OR try_cast(left(one, 10) AS DATE) IS NOT NULL
        ),
        FALSE
    )
GROUP BY ALL
