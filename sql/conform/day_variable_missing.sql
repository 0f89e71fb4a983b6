-- One record per date variable of a dataset without the study day that goes with it.
-- Words: {variable} is not there, although {cause} is
-- Todo: add the variable, computed from the date and DM.RFSTDTC
-- Source: SDTMIG 3.4 section 4.4.4; FB3201; FB3202; FB3203; CORE-000321; CORE-000328; CORE-000776
-- Severity: warning
-- Standard: SDTM
-- Each: dataset
-- Needs: --DTC or --STDTC or --ENDTC
-- Classes: EVENTS, INTERVENTIONS, FINDINGS, FINDINGS ABOUT
SELECT
    $domain || p.day[3:] AS variable,
    $domain || p.date[3:] AS cause
FROM (VALUES ('--DTC', '--DY'), ('--STDTC', '--STDY'), ('--ENDTC', '--ENDY')) AS p (date, day)
SEMI JOIN meta.variables AS d ON d.dataset = $dataset AND p.date = d.stem AND d.filled > 0
ANTI JOIN meta.variables AS y ON y.dataset = $dataset AND p.day = y.stem
