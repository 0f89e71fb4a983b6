-- One record per reference range whose lower limit is above its upper one.
-- Words: the lower limit of the range is above the upper one ({variable})
-- Todo: ask the laboratory for its reference range
-- Source: SDTMIG 3.4 section 6.3.5.6; FDA Business Rules FB3901, FB3902; CORE-000672; CORE-000889
-- Severity: error
-- Standard: SDTM
-- Each: dataset
-- Needs: --ORNRLO or --STNRLO
SELECT
    $domain || if(STNRLO > STNRHI, 'STNRLO', 'ORNRLO') AS variable,
    _row
FROM record
WHERE STNRLO > STNRHI OR try_cast(ORNRLO AS DOUBLE) > try_cast(ORNRHI AS DOUBLE)
