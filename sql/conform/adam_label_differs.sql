-- One record per analysis variable whose label is neither that of the ADaMIG nor, carried over, that of SDTM.
-- Words: the label of {variable} is '{value}', the standard's is '{cause}'
-- Todo: take the label of the standard
-- Source: ADaMIG 1.3 section 3.1 (labels are those of the tables; SDTM variables keep theirs)
-- Severity: error
-- Standard: ADaM
WITH
-- the numbers of a period or a criterion stand for xx, zz, y and w
labels AS (
    SELECT
        v.dataset,
        v.variable,
        v.label,
        a.label AS standard_label,
        regexp_replace(v.label, '[0-9]+', '#', 'g')
        = regexp_replace(regexp_replace(a.label, '\b(xx|zz|y|w)\b', '#', 'g'), '[0-9]+', '#', 'g') AS same
    FROM meta.variables AS v
    -- no letter of a name stands for another in the first place: only the names that begin so are compared
    INNER JOIN
        standards.adamig AS a
        ON a.variable[1] = v.variable[1] AND regexp_full_match(v.variable, a.pattern)
    WHERE v.standard = 'ADaM' AND v.label IS NOT NULL
    UNION ALL
    SELECT
        v.dataset,
        v.variable,
        v.label,
        i.label AS standard_label,
        v.label = i.label AS same
    FROM meta.variables AS v
    INNER JOIN standards.sdtmig AS i USING (variable)
    WHERE v.standard = 'ADaM' AND v.label IS NOT NULL
)

SELECT
    dataset,
    variable,
    min(standard_label) AS cause,
    min(label) AS value
FROM labels
GROUP BY dataset, variable
HAVING NOT bool_or(same)
