FINDING = {
    "USUBJID": "S1",
    "VISIT": "SCREENING",
    "FATESTCD": "BSAAFCTP",
    "FATEST": "Percent BSA Affected",
    "FAORRES": "20",
    "FAORRESU": "%",
}


def test_a_condition_and_its_findings_share_one_relid_and_no_reltype(trial, treated):
    treated["mh"] = [{"USUBJID": "S1", "MHTERM": "Asthma"}, {"USUBJID": "S1", "MHTERM": "Plaque psoriasis"}]
    treated["fa"] = [
        FINDING | {"FADAT": "2020-03-02", "FAOBJ": "PLAQUE PSORIASIS"},
        FINDING | {"FADAT": "2020-03-10", "FAOBJ": "PLAQUE PSORIASIS"},
        FINDING | {"FADAT": "2020-03-10", "FAOBJ": "RHINITIS"},
    ]
    relrec = trial.sdtm(**treated).datasets["RELREC"]
    assert relrec[["RDOMAIN", "USUBJID", "IDVAR", "IDVARVAL", "RELID"]].to_numpy().tolist() == [
        ["MH", "S1", "MHSEQ", "2", "MH2"],
        ["FA", "S1", "FASEQ", "1", "MH2"],
        ["FA", "S1", "FASEQ", "2", "MH2"],
    ]
    assert relrec["RELTYPE"].isna().all()


def test_a_coded_condition_is_found_by_its_coding(trial, treated):
    treated["mh"] = [{"USUBJID": "S1", "MHTERM": "psoriasis for years", "MHDECOD": "Plaque psoriasis"}]
    treated["fa"] = [FINDING | {"FADAT": "2020-03-02", "FAOBJ": "Plaque psoriasis"}]
    assert trial.sdtm(**treated).datasets["RELREC"]["RELID"].tolist() == ["MH1", "MH1"]


def test_a_study_may_have_nothing_to_link(trial, treated):
    treated["mh"] = [{"USUBJID": "S1", "MHTERM": "Asthma"}]
    treated["fa"] = []
    assert len(trial.sdtm(**treated).datasets["RELREC"]) == 0
