-- One record per planned element of which nobody says when it ends.
-- Words: TEENRL and TEDUR are both missing
-- Todo: say when the element ends (TEENRL), or how long it is (TEDUR)
-- Source: SDTMIG 3.4 section 7.2.2; CG0328; CG0329; CORE-000027
-- Severity: error
-- Standard: SDTM
-- Needs: TE.ETCD
SELECT
    _dataset AS dataset,
    'TEENRL' AS variable,
    _row,
    ETCD AS value
FROM sdtm.TE
WHERE TEENRL IS NULL AND TEDUR IS NULL
