-- One record per related record or comment whose subject has no such record.
-- Words: the record that {dataset} refers to by {cause} is not there
-- Todo: correct IDVARVAL; a record that was dropped takes its qualifiers, comments and relations with it
-- Source: SDTMIG 3.4 sections 5.1, 8.2 and 8.4; CG0371; CORE-000206
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: USUBJID, --SEQ
WITH
-- the qualifiers of a part of a domain stand beside the part
beside AS (
    SELECT
        (
            SELECT count(*) FROM meta.datasets
            WHERE domain = $domain
        ) > 1 AS split,
        (
            SELECT count(*) FROM meta.datasets
            WHERE dataset = 'SUPP' || $dataset
        ) > 0 AS own
),

referring AS (
    SELECT
        _dataset,
        _row,
        USUBJID,
        IDVAR,
        IDVARVAL
    FROM sdtm.SUPP
    WHERE RDOMAIN = $domain AND _dataset = 'SUPP' || $dataset AND IDVARVAL IS NOT NULL
    UNION ALL
    SELECT
        _dataset,
        _row,
        USUBJID,
        IDVAR,
        IDVARVAL
    FROM sdtm.RELREC
    WHERE
        RDOMAIN = $domain AND USUBJID IS NOT NULL AND IDVARVAL IS NOT NULL AND NOT (SELECT split FROM beside)
    UNION ALL
    SELECT
        _dataset,
        _row,
        USUBJID,
        IDVAR,
        IDVARVAL
    FROM sdtm.CO
    WHERE
        RDOMAIN = $domain AND USUBJID IS NOT NULL AND IDVARVAL IS NOT NULL AND NOT (SELECT split FROM beside)
),

by_number AS (
    SELECT
        r._dataset,
        r._row,
        r.IDVAR
    FROM referring AS r
    ANTI JOIN record AS p ON p.USUBJID = r.USUBJID AND p.SEQ = try_cast(r.IDVARVAL AS DOUBLE)
    WHERE r.IDVAR = $domain || 'SEQ'
),

other AS (
    SELECT DISTINCT ON (USUBJID, IDVAR, IDVARVAL) *
    FROM referring
    WHERE IDVAR <> $domain || 'SEQ'
),

by_other AS (
    SELECT
        r._dataset,
        r._row,
        r.IDVAR
    FROM other AS r
    WHERE
        r.IDVAR IN ('VISITNUM', 'VISIT')
        OR r.IDVAR IN (
            $domain || 'GRPID',
            $domain || 'SPID',
            $domain || 'REFID',
            $domain || 'LNKID',
            $domain || 'LNKGRP',
            $domain || 'TESTCD'
        )
),

values_there AS (
    SELECT DISTINCT
        USUBJID,
        unnest([
            $domain || 'GRPID',
            $domain || 'SPID',
            $domain || 'REFID',
            $domain || 'LNKID',
            $domain || 'LNKGRP',
            $domain || 'TESTCD', 'VISIT', 'VISITNUM'
        ]) AS IDVAR,
        unnest([GRPID, SPID, REFID, LNKID, LNKGRP, TESTCD, VISIT, VISITNUM::DOUBLE::VARCHAR]) AS IDVARVAL
    FROM record
    WHERE EXISTS (SELECT 1 FROM by_other)
)

SELECT
    _dataset AS dataset,
    'IDVARVAL' AS variable,
    IDVAR AS cause,
    _row
FROM by_number
UNION ALL
SELECT
    r._dataset,
    'IDVARVAL' AS variable,
    r.IDVAR,
    r._row
FROM referring AS r
SEMI JOIN by_other AS b ON b.IDVAR = r.IDVAR
ANTI JOIN values_there AS t
    ON
        t.USUBJID = r.USUBJID AND t.IDVAR = r.IDVAR
        AND (t.IDVARVAL = r.IDVARVAL OR try_cast(t.IDVARVAL AS DOUBLE) = try_cast(r.IDVARVAL AS DOUBLE))
