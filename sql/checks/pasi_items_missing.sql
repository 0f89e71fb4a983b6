-- One record per PASI assessment with a total and without some of the scores that it is computed from.
-- Query: The PASI total at {VISIT} is {value}, but {LACKING} of the 16 scores are blank. Please enter them,
--   or that they were not done.
-- Source: PASI total against items
-- Severity: warning
-- Needs: pasi.01, pasi.16, pasi.29
WITH
scores AS ( -- how many of the sixteen say nothing at all
    SELECT
        p.*,
        len(list_filter(
            [
                coalesce(p."01", p."01_reason", p."01_verbatim"),
                coalesce(p."02", p."02_reason", p."02_verbatim"),
                coalesce(p."03", p."03_reason", p."03_verbatim"),
                coalesce(p."04", p."04_reason", p."04_verbatim"),
                coalesce(p."05", p."05_reason", p."05_verbatim"),
                coalesce(p."06", p."06_reason", p."06_verbatim"),
                coalesce(p."07", p."07_reason", p."07_verbatim"),
                coalesce(p."08", p."08_reason", p."08_verbatim"),
                coalesce(p."09", p."09_reason", p."09_verbatim"),
                coalesce(p."10", p."10_reason", p."10_verbatim"),
                coalesce(p."11", p."11_reason", p."11_verbatim"),
                coalesce(p."12", p."12_reason", p."12_verbatim"),
                coalesce(p."13", p."13_reason", p."13_verbatim"),
                coalesce(p."14", p."14_reason", p."14_verbatim"),
                coalesce(p."15", p."15_reason", p."15_verbatim"),
                coalesce(p."16", p."16_reason", p."16_verbatim")
            ],
            LAMBDA score: score IS NULL
        )) AS LACKING
    FROM form.pasi AS p
)

SELECT
    s.*,
    '29' AS variable,
    s."29" AS value
FROM scores AS s
WHERE s."29" IS NOT NULL AND s.LACKING > 0
