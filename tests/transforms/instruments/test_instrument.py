import pytest

from schemas.terminology import codelist
from transforms.instruments import NAMES, instrument


@pytest.mark.parametrize(
    ("category", "testcd", "test"),
    [
        ("PASI FELDMAN", "PASI0229", "PASI02-Total Sum"),
        ("PASI FREDRIKSSON", "PASI0301", "PASI03-Head: Erythema/Redness"),
        ("PASI EMA", "PASI0404", "PASI04-Head: Area Score"),
        ("PASI BOZEK", "PASI0528", "PASI05-Low Extrem: Sum X Area X 0.4"),
        ("DLQI", "DLQI107A", "DLQI1-Problem at Work or Studying"),
        ("PRURITUS VAS", "PVAS01", "PVAS01-Pruritus VAS"),
        ("MMSE", "MMS112", "MMS1-Total Score"),
    ],
)
def test_items_have_the_names_of_controlled_terminology(category, testcd, test):
    items = instrument(category).items
    assert items.set_index("testcd").at[testcd, "test"] == test
    assert items["test"].notna().all()


def test_every_term_of_the_instrument_is_an_item():
    assert set(instrument("PASI EMA").items["testcd"]) == codelist("C190936").terms
    assert set(instrument("DLQI").items["testcd"]) == codelist("C119070").terms
    assert set(instrument("MMSE").items["testcd"]) == codelist("C100142").terms


def test_severities_are_called_by_the_version():
    def second(category):
        responses = instrument(category).responses
        return responses[(responses["kind"] == "erythema") & (responses["score"] == 2)]["response"].tolist()

    assert second("PASI FELDMAN") == ["MILD"]
    assert second("PASI FREDRIKSSON") == ["MODERATE"]
    assert second("PASI BOZEK") == []  # no source for its wording


def test_each_score_of_an_answer_lies_in_the_range_of_its_items():
    for category in NAMES:
        found = instrument(category)
        for kind, answers in found.responses.groupby("kind"):
            items = found.items[found.items["kind"] == kind]
            assert answers["score"].max() == items["max"].max()
            assert answers["score"].min() == items["min"].min()


def test_an_unknown_instrument_is_an_error():
    with pytest.raises(KeyError, match="no instrument PASI 2"):
        instrument("PASI 2")
