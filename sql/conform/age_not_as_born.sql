-- One record per subject whose age is not that of the date of birth.
-- Words: AGE is not the age at the informed consent or at the start of the study, by BRTHDTC
-- Todo: derive AGE again, or correct the date of birth
-- Source: SDTMIG 3.4 section 5.2
-- Severity: warning
-- Standard: SDTM
-- Needs: DM.AGE, DM.BRTHDTC
WITH
days AS (
    SELECT
        *,
        try_cast(left(BRTHDTC || '-01-01', 10) AS DATE) AS born_from,
        coalesce(
            whole_day(BRTHDTC),
            last_day(try_cast(BRTHDTC || '-01' AS DATE)),
            try_cast(BRTHDTC || '-12-31' AS DATE)
        ) AS born_to,
        least(whole_day(RFICDTC), whole_day(RFSTDTC)) AS from_day,
        greatest(whole_day(RFICDTC), whole_day(RFSTDTC)) AS to_day
    FROM sdtm.DM
    WHERE AGEU = 'YEARS'
)

SELECT
    _dataset AS dataset,
    'AGE' AS variable,
    _row,
    AGE::INTEGER::VARCHAR AS value
FROM days
-- age at some other day of the study may be what the protocol says: one year more or less is no mistake
WHERE AGE > datesub('year', born_from, to_day) + 1 OR AGE < datesub('year', born_to, from_day) - 1
