import numpy as np
import pandas as pd
import pytest

from benchmarks.compare import published
from transforms.instruments import instrument
from transforms.instruments.adas_cog import adas_cog_scores

ALL_ONES = {item: 1.0 for item in instrument("ADAS-COG").items.index if item != "TOT"}


def total(**answers) -> float:
    items = {item.removeprefix("i"): value for item, value in answers.items()}
    return adas_cog_scores(pd.DataFrame([ALL_ONES | items])).loc[0, "TOT"]


def test_eleven_items_count_and_delayed_recall_attention_and_maze_do_not():
    assert total() == 11 and total(i03=10, i09=40, i10=240) == 11


def test_up_to_three_missing_items_are_scaled_up_by_what_they_could_have_given():
    assert total(i08=None) == pytest.approx(10 * 70 / 58)
    assert np.isnan(total(i04=None, i05=None, i06=None, i07=None))


def test_every_total_of_the_cdisc_pilot_comes_out():
    wide = published("qsco", "cdiscpilotsdtm").pivot_table(
        index=["USUBJID", "VISITNUM"], columns="QSTESTCD", values="QSSTRESN"
    )
    items = instrument("ADAS-COG").items["testcd"]
    ours = adas_cog_scores(wide.rename(columns=dict(zip(items, items.index, strict=True))))["TOT"]
    assert len(wide) == 818 and np.allclose(ours, wide["ACTOT"])
