-- One record per variable that is neither in the IG's table of the domain nor in the model's class.
-- Words: {variable} is no variable of {dataset}
-- Todo: move it to the supplemental qualifiers, or give the variable of the model that means it
-- Source: SDTMIG 3.4 sections 4.1.4 and 8.4; SDTM 2.0; CG0013; CG0351; CORE-000550
-- Severity: error
-- Standard: SDTM
WITH
-- timing and identifiers are of every class; a qualifier is of the class in which some domain has it
model AS (
    SELECT
        CASE upper(class) WHEN 'FINDINGS ABOUT' THEN 'FINDINGS' ELSE upper(class) END AS class,
        stem
    FROM standards.sdtmig
    WHERE class IN ('Interventions', 'Events', 'Findings', 'Findings About')
    UNION
    SELECT
        c.class,
        i.stem
    FROM standards.sdtmig AS i
    CROSS JOIN (VALUES ('INTERVENTIONS'), ('EVENTS'), ('FINDINGS')) AS c (class)
    WHERE i.role IN ('Timing', 'Identifier')
    UNION
    -- in SDTM 2.0, in no table of the IG
    VALUES
    ('INTERVENTIONS', '--DOSRGM'),
    ('INTERVENTIONS', '--MODIFY'),
    ('INTERVENTIONS', '--RSDISC'),
    ('EVENTS', '--TOX'),
    ('EVENTS', '--ACNOTH'), ('FINDINGS', '--RUNID'), ('FINDINGS', '--TSTOPO'), ('FINDINGS', '--MODIFY'),
    ('FINDINGS', '--CSTATE'), ('FINDINGS', '--REPNUM'), ('FINDINGS', '--TOX'), ('FINDINGS', '--TOXGR'),
    ('FINDINGS', '--EVAL'), ('FINDINGS', '--EVALID'), ('FINDINGS', '--ORREF'), ('FINDINGS', '--SEV')
)

SELECT
    v.dataset,
    v.variable
FROM meta.variables AS v
INNER JOIN meta.datasets AS d USING (standard, dataset)
ANTI JOIN standards.sdtmig AS i
    ON i.domain = CASE v.domain WHEN 'SUPP' THEN 'SUPPQUAL' ELSE v.domain END AND i.variable = v.variable
ANTI JOIN model AS m
    ON m.stem = v.stem AND m.class = CASE d.class WHEN 'FINDINGS ABOUT' THEN 'FINDINGS' ELSE d.class END
WHERE
    v.standard = 'SDTM' AND d.class IS NOT NULL
    AND NOT regexp_full_match(v.variable, '(COVAL|TSVAL|IEVAL)[1-9][0-9]?|A?PID|POOLID|SPDEVID|FOCID|NHOID')
    -- a time of the subject, the visit or the model of every special purpose
    AND NOT (d.class = 'SPECIAL PURPOSE' AND v.stem IN (
        'VISIT', 'VISITNUM', 'VISITDY', 'EPOCH', 'TAETORD', '--DTC',
        '--DY', '--STDTC', '--ENDTC', '--STDY', '--ENDY', '--GRPID', '--REFID', '--SPID'
    ))
