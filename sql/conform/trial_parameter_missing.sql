-- One record per trial summary parameter that every trial has and this one has not.
-- Words: TS has no record of the parameter {cause}
-- Todo: add the parameter to the trial summary; where there is no answer TSVALNF says why
-- Source: SDTMIG 3.4 section 7.4.2; FDA Study Data Technical Conformance Guide, trial summary; FDA Business
--   Rule FB1111
-- Severity: warning
-- Standard: SDTM
-- Needs: TS.TSPARMCD
WITH
told AS (
    SELECT
        TSPARMCD,
        max(TSVAL) AS value
    FROM sdtm.TS
    GROUP BY TSPARMCD
),

wanted AS (
    SELECT
        w.parameter,
        w.of_parameter,
        w.with_value
    FROM (
        VALUES
        ('TITLE', NULL, NULL), ('SSTDTC', NULL, NULL), ('SENDTC', NULL, NULL), ('STYPE', NULL, NULL),
        ('TPHASE', NULL, NULL), ('TTYPE', NULL, NULL), ('TBLIND', NULL, NULL), ('TCNTRL', NULL, NULL),
        ('RANDOM', NULL, NULL), ('ADDON', NULL, NULL), ('ADAPT', NULL, NULL), ('AGEMIN', NULL, NULL),
        ('AGEMAX', NULL, NULL), ('SEXPOP', NULL, NULL), ('PLANSUB', NULL, NULL), ('ACTSUB', NULL, NULL),
        ('NARMS', NULL, NULL), ('LENGTH', NULL, NULL), ('OBJPRIM', NULL, NULL), ('OUTMSPRI', NULL, NULL),
        ('SPONSOR', NULL, NULL), ('REGID', NULL, NULL), ('FCNTRY', NULL, NULL), ('HLTSUBJI', NULL, NULL),
        ('STOPRULE', NULL, NULL), ('DCUTDTC', NULL, NULL), ('DCUTDESC', NULL, NULL),
        -- what an interventional trial has
        ('INTMODEL', 'STYPE', 'INTERVENTIONAL'), ('INTTYPE', 'STYPE', 'INTERVENTIONAL'),
        ('TRT', 'STYPE', 'INTERVENTIONAL'), ('PCLAS', 'STYPE', 'INTERVENTIONAL'),
        ('TINDTP', 'STYPE', 'INTERVENTIONAL'),
        -- what a trial in patients has
        ('INDIC', 'HLTSUBJI', 'N'), ('TDIGRP', 'HLTSUBJI', 'N'),
        -- and one that is added on to another treatment
        ('CURTRT', 'ADDON', 'Y')
    ) AS w (parameter, of_parameter, with_value)
)

SELECT
    'TS' AS dataset,
    'TSPARMCD' AS variable,
    w.parameter AS cause,
    w.parameter AS value
FROM wanted AS w
ANTI JOIN told AS t ON w.parameter = t.TSPARMCD
WHERE w.of_parameter IS NULL OR EXISTS (
    SELECT 1 FROM told AS s
    WHERE s.TSPARMCD = w.of_parameter AND s.value = w.with_value
)
