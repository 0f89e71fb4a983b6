-- One record per visit of a subject that is called planned and TV does not have, or unplanned and TV has.
-- Words: SVPRESP is '{value}' but the visit {cause} does not stand like that in TV
-- Todo: a visit of TV has SVPRESP Y, any other visit has SVPRESP missing
-- Source: SDTMIG 3.4 section 5.5; CG0655; CG0656; CORE-000039; CORE-000040
-- Severity: error
-- Standard: SDTM
-- Needs: SV.SVPRESP, SV.VISITNUM, TV.VISITNUM
WITH
-- 4.2 comes out of some files as 4.199999999999999
planned AS (
    SELECT DISTINCT round(VISITNUM, 6) AS VISITNUM FROM sdtm.TV
)

SELECT
    s._dataset AS dataset,
    'SVPRESP' AS variable,
    s._row,
    printf('%g', s.VISITNUM) AS cause,
    coalesce(s.SVPRESP, '') AS value
FROM sdtm.SV AS s
LEFT JOIN planned AS t ON round(s.VISITNUM, 6) = t.VISITNUM
WHERE s.VISITNUM IS NOT NULL AND (coalesce(s.SVPRESP, '') = 'Y') <> (t.VISITNUM IS NOT NULL)
