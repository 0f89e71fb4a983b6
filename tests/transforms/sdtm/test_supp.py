def test_supplemental_columns_and_originals_of_translated_text_point_to_their_record(trial, treated):
    event = {"USUBJID": "S1", "AESER": "N"}
    treated["ae"] = [
        event | {"AETERM": "Cough", "AESTDAT": "2020-03-20", "SUPP.AEINTENT": "REDUCE"},
        event | {"AETERM": "Fever", "AESTDAT": "2020-03-10", "AETERM.original": "发热"},
    ]
    out = trial.sdtm(**treated).datasets
    assert out["SUPPAE"][
        ["RDOMAIN", "IDVAR", "IDVARVAL", "QNAM", "QLABEL", "QVAL", "QORIG", "_row"]
    ].to_numpy().tolist() == [
        ["AE", "AESEQ", "1", "AETERMOR", "Original Text of AETERM", "发热", "CRF", 3],
        ["AE", "AESEQ", "2", "AEINTENT", "Intended Dose Change", "REDUCE", "CRF", 2],
    ]
    assert not [name for name in out["AE"] if "." in name]


def test_the_planned_dose_is_supplemental_to_the_dose_given(trial, treated):
    treated["ex"][0]["EXPDOSE"] = 1.5
    supp = trial.sdtm(**treated).datasets["SUPPEX"]
    assert supp[["IDVARVAL", "QNAM", "QLABEL", "QVAL"]].to_numpy().tolist() == [
        ["2", "EXPDOSE", "Planned Dose", "1.5"]
    ]


def test_a_text_that_is_too_long_goes_on_in_supp(trial, treated):
    long, wrapped = "very bad cough, " * 20, "very bad cough, " * 12 + "very bad "
    treated["ae"] = [{"USUBJID": "S1", "AESER": "N", "AETERM": long.strip(), "AESTDAT": "2020-03-20"}]
    out = trial.sdtm(**treated).datasets
    assert out["AE"].loc[0, "AETERM"] == wrapped.strip()
    supp = out["SUPPAE"].astype("str")[["QNAM", "QLABEL", "QVAL"]].to_numpy().tolist()
    assert ["AETERM1", "Reported Term for the Adverse Event", long.removeprefix(wrapped).strip()] in supp
