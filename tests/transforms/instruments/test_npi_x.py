import numpy as np
import pandas as pd

from benchmarks.compare import published
from transforms.instruments import instrument
from transforms.instruments.npi_x import DOMAINS, npi_x_asked, npi_x_scores

ABSENT = {f"{d}{part}": 0.0 if not part else np.nan for d in DOMAINS for part in ("", "F", "V", "D")}


def scores(**answers) -> pd.Series:
    return npi_x_scores(pd.DataFrame([ABSENT | {k.removeprefix("i"): v for k, v in answers.items()}])).loc[0]


def test_a_domain_scores_frequency_times_severity_and_nothing_where_absent():
    found = scores(i03=1, i03F=4, i03V=2, i03D=5)
    assert (found["03S"], found["01S"], found["TOT"]) == (8, 0, 8)


def test_presence_need_not_be_said_where_frequency_is_answered():
    assert scores(i03=np.nan, i03F=4, i03V=2)["TOT"] == 8


def test_euphoria_night_time_behaviour_and_appetite_do_not_count():
    assert scores(i06=1, i06F=4, i06V=3, i11=1, i11F=4, i11V=3, i12=1, i12F=4, i12V=3)["TOT"] == 0


def test_a_domain_without_answer_leaves_no_total():
    assert np.isnan(scores(i04=np.nan)["TOT"]) and np.isnan(scores(i04=1, i04F=2)["TOT"])


def test_details_are_asked_of_what_is_there():
    yes, no = np.array([True]), np.array([False])
    assert not npi_x_asked({"01": yes, "01F": no}, {"01": no}, "01F")[0]
    assert npi_x_asked({"01": yes, "01F": no}, {"01": yes}, "01F")[0]
    assert npi_x_asked({"01V": no, "01F": yes}, {}, "01V")[0]
    assert not npi_x_asked({"01": no, "01F": yes}, {}, "01")[0]


def test_the_scores_of_the_cdisc_pilot_come_out():
    wide = published("qsni", "cdiscpilotsdtm").pivot_table(
        index=["USUBJID", "VISITNUM"], columns="QSTESTCD", values="QSSTRESN"
    )
    items = instrument("NPI-X").items["testcd"]
    wide = wide.reindex(columns=items).rename(columns=dict(zip(items, items.index, strict=True)))
    whole = wide[wide[DOMAINS].ne(96).all(axis=1)]  # 96: not applicable, which has no score
    ours = npi_x_scores(whole)
    complete = ours.notna().all(axis=1)
    assert complete.sum() >= 2300
    for name in ours:
        assert np.allclose(ours.loc[complete, name], whole.loc[complete, name]), name
