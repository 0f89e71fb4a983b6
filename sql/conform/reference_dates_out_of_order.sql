-- One record per subject two of whose reference dates are in an impossible order.
-- Words: {variable} is before {cause}
-- Todo: correct the dates at the source, or derive the reference date again
-- Source: SDTMIG 3.4 section 5.2; FDA Business Rules FB3404, FB3408, FB3411 to FB3413; CORE-000711;
--   CORE-000713
-- Severity: error
-- Standard: SDTM
-- Needs: DM
WITH
pairs AS (
    SELECT
        _dataset,
        _row,
        unnest([
            { 'variable': 'RFENDTC', 'given': RFENDTC, 'cause': 'RFSTDTC', 'earlier': RFSTDTC },
            { 'variable': 'RFXENDTC', 'given': RFXENDTC, 'cause': 'RFXSTDTC', 'earlier': RFXSTDTC },
            { 'variable': 'RFCENDTC', 'given': RFCENDTC, 'cause': 'RFCSTDTC', 'earlier': RFCSTDTC },
            { 'variable': 'RFSTDTC', 'given': RFSTDTC, 'cause': 'RFICDTC', 'earlier': RFICDTC },
            { 'variable': 'RFXSTDTC', 'given': RFXSTDTC, 'cause': 'RFICDTC', 'earlier': RFICDTC },
            { 'variable': 'RFPENDTC', 'given': RFPENDTC, 'cause': 'RFICDTC', 'earlier': RFICDTC },
            { 'variable': 'RFPENDTC', 'given': RFPENDTC, 'cause': 'RFXENDTC', 'earlier': RFXENDTC },
            { 'variable': 'DTHDTC', 'given': DTHDTC, 'cause': 'RFICDTC', 'earlier': RFICDTC },
            { 'variable': 'DTHDTC', 'given': DTHDTC, 'cause': 'RFXENDTC', 'earlier': RFXENDTC },
            { 'variable': 'RFICDTC', 'given': RFICDTC, 'cause': 'BRTHDTC', 'earlier': BRTHDTC }
        ], recursive := TRUE) AS told
    FROM sdtm.DM
)

SELECT
    _dataset AS dataset,
    variable,
    _row,
    cause,
    given AS value
FROM pairs
WHERE is_before(given, earlier)
