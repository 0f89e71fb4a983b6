-- One record per --SEQ of a subject that stands in two parts of one domain.
-- Words: {variable} is not unique within the subject over the parts of the domain
-- Todo: number the records of a subject over all parts of the domain
-- Source: SDTMIG 3.4 section 4.1.7 (splitting domains); CG0028; CORE-000544
-- Severity: error
-- Standard: SDTM
WITH
parts AS (
    SELECT domain
    FROM meta.datasets
    WHERE standard = 'SDTM'
    GROUP BY domain
    HAVING count(*) > 1
),

numbers AS NOT MATERIALIZED (
    SELECT
        'LB' AS domain,
        USUBJID AS subject,
        LBSEQ AS seq,
        _dataset,
        _row
    FROM sdtm.LB
    WHERE 'LB' IN (FROM parts)
    UNION ALL
    SELECT
        'QS' AS domain,
        USUBJID,
        QSSEQ,
        _dataset,
        _row
    FROM sdtm.QS
    WHERE 'QS' IN (FROM parts)
    UNION ALL
    SELECT
        'FA' AS domain,
        USUBJID,
        FASEQ,
        _dataset,
        _row
    FROM sdtm.FA
    WHERE 'FA' IN (FROM parts)
),

ranges AS (
    SELECT
        domain,
        subject,
        _dataset,
        min(seq) AS first,
        max(seq) AS last,
        count(*) AS n,
        sum(seq) AS total
    FROM numbers
    GROUP BY ALL
),

-- parts numbered apart, or through from 1 to n, need no second look
doubtful AS (
    SELECT
        a.domain,
        a.subject
    FROM ranges AS a
    INNER JOIN ranges AS b USING (domain, subject)
    WHERE a._dataset < b._dataset AND a.first <= b.last AND b.first <= a.last
    EXCEPT
    SELECT
        domain,
        subject
    FROM ranges
    GROUP BY domain, subject
    HAVING min(first) = 1 AND max(last) = sum(n) AND sum(total) = sum(n) * (sum(n) + 1) / 2
)

SELECT
    min(n._dataset) AS dataset,
    n.domain || 'SEQ' AS variable,
    arg_min(n._row, n._dataset) AS _row
FROM numbers AS n
SEMI JOIN doubtful AS d ON d.domain = n.domain AND d.subject = n.subject
GROUP BY n.domain, n.subject, n.seq
HAVING min(n._dataset) <> max(n._dataset)
