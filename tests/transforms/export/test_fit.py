import numpy as np
import pandas as pd
import pytest

from schemas.adam import DATASETS as ADAM
from schemas.sdtm import DATASETS as SDTM
from schemas.study import Submission
from transforms.export.fit import fitted
from transforms.export.xpt import XptError

WORDS = "word " * 39 + "first"  # 200 bytes


def text(*values):
    return pd.Series(values, dtype="str").astype("category")


def events(*terms, **more):
    """Adverse events of subject 01-001, numbered from 1."""
    count = len(terms)
    return pd.DataFrame(
        {
            "STUDYID": text(*["S1"] * count),
            "DOMAIN": text(*["AE"] * count),
            "USUBJID": text(*["01-001"] * count),
            "AESEQ": np.arange(1, count + 1),
            "AETERM": text(*terms),
        }
        | more
    )


def suppae(*records):
    """AESEQ, QNAM, QLABEL, QVAL of each supplemental qualifier of subject 01-001."""
    seq, qnam, qlabel, qval = zip(*records, strict=True)
    count = len(records)
    return pd.DataFrame(
        {
            "STUDYID": text(*["S1"] * count),
            "RDOMAIN": text(*["AE"] * count),
            "USUBJID": text(*["01-001"] * count),
            "IDVAR": text(*["AESEQ"] * count),
            "IDVARVAL": text(*seq),
            "QNAM": text(*qnam),
            "QLABEL": text(*qlabel),
            "QVAL": text(*qval),
            "QORIG": text(*["CRF"] * count),
            "QEVAL": text(*[None] * count),
        }
    )


def fit(frame, supp=None, policy="transliterate", left_out=(), texts=None, schema=SDTM["AE"]):
    return fitted(frame, supp, schema, Submission(ascii=policy, left_out=left_out), texts or {})


def qualifiers(supp):
    return supp[["IDVARVAL", "QNAM", "QVAL"]].astype("str").values.tolist()


def test_a_dataset_that_fits_stays_as_it_is():
    one = fit(events("Rash", None), policy="refuse")
    assert one.frame["AETERM"].astype("object").fillna("").tolist() == ["Rash", ""]
    assert one.supp is None and one.changed.empty


def test_every_change_is_told_with_its_records():
    one = fit(events("发热", "it’s worse", "发热", "Rash"), texts={"发热": "Fever"})
    assert one.frame["AETERM"].tolist() == ["Fever", "it's worse", "Fever", "Rash"]
    assert one.changed.values.tolist() == [
        ["AE", "AETERM", 2, "put into English by the study's table"],
        ["AE", "AETERM", 1, "letters and signs written in ASCII"],
    ]


def test_a_permissible_variable_without_a_value_stays_out_but_a_study_day_beside_its_date():
    nothing = text(None)
    frame = events(
        "Rash", AESEV=nothing, AELLT=nothing, AESTDTC=text("2020"), AESTDY=np.array([np.nan]), AEENDY=np.array([np.nan])
    )
    found = fit(frame)
    # AELLT is expected, AESTDY is beside AESTDTC
    assert list(found.frame)[5:] == ["AELLT", "AESTDTC", "AESTDY"]
    assert found.changed["variable"].tolist() == ["AESEV", "AEENDY"]


def test_what_has_no_ascii_in_dataset_and_supp_is_told_together():
    supp = suppae(("1", "AEHAND", "Which Hand", "右"))
    with pytest.raises(XptError) as refused:
        fit(events("发热"), supp)
    assert [line.partition(":")[0] for line in str(refused.value).splitlines()] == ["AE.AETERM", "SUPPAE.QVAL"]


def test_a_qualifier_that_the_study_leaves_out_goes_with_all_its_parts():
    original = "Original Text of AETERM"
    supp = suppae(
        ("1", "AETERMOR", original, "发热"),
        ("1", "AETERMO1", original, "三天"),
        ("1", "AEHAND", "Which Hand", "Left"),
        ("2", "AETERMOR", original, "头痛"),
    )
    one = fit(events("Fever", "Headache"), supp, "refuse", ("AETERMOR", "AENONE"))
    assert qualifiers(one.supp) == [["1", "AEHAND", "Left"]]
    words = "left out of the package (submission.left_out of the study file)"
    assert one.changed.values.tolist() == [["SUPPAE", "AETERMOR", 3, words]]


def test_a_text_before_its_translation_is_never_replaced_by_its_translation():
    supp = suppae(("1", "AETERMOR", "Original Text of AETERM", "发热"))
    with pytest.raises(XptError, match=r"1 record\(s\) of AETERMOR .* name it in submission.left_out"):
        fit(events("Fever"), supp, texts={"发热": "Fever"})


def test_a_text_that_ascii_makes_too_long_goes_on_in_a_supp_of_its_own():
    one = fit(events("Rash", WORDS[:-1] + "≠"))  # 199 characters, and one that becomes two
    assert one.frame["AETERM"][1] == ("word " * 39).strip()
    assert qualifiers(one.supp) == [["2", "AETERM1", "firs!="]]
    words = "longer than 200 bytes: goes on in SUPPAE"
    assert one.changed.values.tolist()[-1] == ["AE", "AETERM", 1, words]


def test_what_goes_on_stands_with_the_other_qualifiers_of_its_record():
    supp = suppae(("1", "AEHAND", "Which Hand", "Left"), ("10", "AEHAND", "Which Hand", "Right"))
    terms = ["Rash"] * 10
    terms[1] = WORDS + " second"
    one = fit(events(*terms), supp)
    assert qualifiers(one.supp) == [["1", "AEHAND", "Left"], ["2", "AETERM1", "second"], ["10", "AEHAND", "Right"]]


def test_a_text_that_was_cut_before_is_cut_anew():
    label = SDTM["AE"].columns["AETERM"].title
    supp = suppae(
        ("1", "AETERM1", label, "of the first"),
        ("2", "AETERM1", label, "of the second"),
        ("2", "AETERM2", label, "to its end"),
        ("2", "AEHAND", "Which Hand", "Left"),
    )
    one = fit(events("Rash", WORDS[:-3] + "±st"), supp)  # "fi±st" is "fi+/-st": 202 bytes
    assert one.frame["AETERM"].tolist() == ["Rash", ("word " * 39).strip()]
    assert qualifiers(one.supp) == [
        ["1", "AETERM1", "of the first"],
        ["2", "AEHAND", "Left"],
        ["2", "AETERM1", "fi+/-st of the second to its end"],
    ]


def test_a_part_that_ascii_makes_too_long_is_cut_anew_with_its_beginning():
    label = SDTM["AE"].columns["AETERM"].title
    supp = suppae(("1", "AETERM1", label, WORDS[:-3] + "±st"), ("1", "AETERM2", label, "end"))
    one = fit(events("Rash"), supp)
    whole = " ".join([one.frame["AETERM"][0], *one.supp["QVAL"]])
    assert whole == f"Rash {WORDS[:-3]}+/-st end"
    assert one.supp["QNAM"].tolist() == ["AETERM1"]


def test_a_qualifier_that_goes_on_is_cut_anew():
    supp = suppae(("1", "AEHAND", "Which Hand", WORDS[:-3] + "±st"), ("1", "AEHAND1", "Which Hand", "end"))
    one = fit(events("Rash"), supp)
    assert qualifiers(one.supp) == [
        ["1", "AEHAND", ("word " * 39).strip()],
        ["1", "AEHAND1", "fi+/-st end"],
    ]


def test_a_comment_goes_on_in_further_variables():
    frame = pd.DataFrame(
        {
            "STUDYID": text("S1", "S1"),
            "COVAL": text(WORDS[:-3] + "±st", "short"),
            "COVAL1": text("end", None),
        }
    )
    one = fit(frame, schema=SDTM["CO"])
    assert one.frame["COVAL1"].astype("object").fillna("").tolist() == ["fi+/-st end", ""]
    assert one.changed["what"].tolist()[-1] == "longer than 200 bytes: goes on in further variables of the dataset"


def test_a_trial_summary_value_goes_on_in_tsval1():
    frame = pd.DataFrame({"STUDYID": text("S1"), "TSPARMCD": text("TITLE"), "TSVAL": text(WORDS + " second")})
    assert fit(frame, schema=SDTM["TS"]).frame["TSVAL1"].tolist() == ["second"]


@pytest.mark.parametrize(("schema", "variable"), [(SDTM["TI"], "IETEST"), (ADAM["ADAE"], "AETERM")])
def test_adam_and_criteria_have_no_place_for_a_long_text(schema, variable):
    frame = pd.DataFrame({"STUDYID": text("S1"), variable: text(WORDS + " second")})
    with pytest.raises(XptError, match=f"{schema.name}.{variable}: a text of over 200 bytes"):
        fit(frame, schema=schema)
