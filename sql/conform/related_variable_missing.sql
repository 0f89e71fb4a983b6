-- One record per variable that a related record or a comment names and that its dataset has not.
-- Words: IDVAR names {cause}, which is not there
-- Todo: correct IDVAR or RDOMAIN
-- Source: SDTMIG 3.4 sections 5.1, 8.2 and 8.4; CG0370; CORE-000712; CORE-000916; CORE-000953
-- Severity: error
-- Standard: SDTM
WITH
named AS (
    SELECT
        _dataset,
        RDOMAIN,
        IDVAR,
        min(_row) AS _row,
        count(*) AS records
    FROM sdtm.SUPP
    WHERE IDVAR IS NOT NULL
    GROUP BY ALL
    UNION ALL
    SELECT
        _dataset,
        RDOMAIN,
        IDVAR,
        min(_row) AS _row,
        count(*) AS records
    FROM sdtm.RELREC
    WHERE IDVAR IS NOT NULL
    GROUP BY ALL
    UNION ALL
    SELECT
        _dataset,
        RDOMAIN,
        IDVAR,
        min(_row) AS _row,
        count(*) AS records
    FROM sdtm.CO
    WHERE IDVAR IS NOT NULL
    GROUP BY ALL
)

SELECT
    n._dataset AS dataset,
    'IDVAR' AS variable,
    n.RDOMAIN || '.' || n.IDVAR AS cause,
    n.IDVAR AS value,
    n.records,
    n._row
FROM named AS n
SEMI JOIN meta.datasets AS d ON d.standard = 'SDTM' AND d.domain = n.RDOMAIN
ANTI JOIN meta.variables AS v ON v.standard = 'SDTM' AND v.domain = n.RDOMAIN AND v.variable = n.IDVAR
