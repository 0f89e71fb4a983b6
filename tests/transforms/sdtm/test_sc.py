def test_a_characteristic_has_its_name_and_is_standard_as_collected(trial, treated):
    treated["sc"] = [{"USUBJID": "S1", "SCDAT": "2020-03-01", "SCTESTCD": "EDULEVEL", "SCORRES": "SECONDARY SCHOOL"}]
    sc = trial.sdtm(**treated).datasets["SC"].loc[0]
    assert (sc["SCTEST"], sc["SCORRES"], sc["SCSTRESC"]) == ("Level of Education Attained", *["SECONDARY SCHOOL"] * 2)
    assert (sc["SCSEQ"], sc["SCDY"], sc["EPOCH"]) == (1, -9, "SCREENING")
