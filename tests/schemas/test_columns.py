import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from schemas.columns import char, dataset, is_iso8601, num


def failed(column, values) -> list[str]:
    """The checks that fail when the column holds these values."""
    schema = dataset("T", "Table", "One record per value", ("X",), {"X": column}, klass="EVENTS")
    schema.unique = None
    try:
        schema.validate(pd.DataFrame({"X": values}), lazy=True)
    except SchemaErrors as errors:
        return errors.failure_cases["check"].tolist()
    return []


def text(*values) -> pd.Series:
    return pd.Series(values, dtype="str")


@pytest.mark.parametrize("dtype", ["category", "str"])
def test_text_is_a_category_or_a_str_column(dtype):
    assert failed(char("Term", "Topic", "Req"), text("FEVER", "COUGH").astype(dtype)) == []


@pytest.mark.parametrize(
    "values", [pd.Series([1, 2]), pd.Series(["A"], dtype=object), pd.Series([1, 2], dtype="category")]
)
def test_anything_else_is_not_text(values):
    assert failed(char("Term", "Topic", "Req"), values) == ["Char"]


def test_missing_is_not_an_empty_text():
    assert failed(char("Term", "Topic", "Exp"), text("", None)) == ["Blank"]


def test_a_required_variable_is_never_missing():
    assert failed(char("Sex", "Record Qualifier", "Req", "C66731"), text("M", None)) == ["not_nullable"]
    assert failed(char("Sex", "Record Qualifier", "Exp", "C66731"), text("M", None)) == []
    assert failed(num("Age", "Record Qualifier", "Req"), [50.0, None]) == ["not_nullable"]


def test_adam_requires_some_variables_that_may_be_empty():
    assert failed(char("Planned Arm", "Record Qualifier", "Req", nullable=True), text("A", None)) == []


def test_a_wrong_sex_is_refused_by_name():
    sex = char("Sex", "Record Qualifier", "Req", "C66731")
    assert failed(sex, text("M", "F", "MALE").astype("category")) == ["Codelist C66731"]


def test_a_category_that_no_row_has_is_no_failure():
    values = text("M", "MALE").astype("category")[:1]
    assert failed(char("Sex", "Record Qualifier", "Req", "C66731"), values) == []


def test_a_term_of_either_codelist_will_do():
    decod = char("Standardized Disposition Term", "Synonym Qualifier", "Req", ("C66727", "C114118"))
    assert failed(decod, text("COMPLETED", "INFORMED CONSENT OBTAINED")) == []
    assert failed(decod, text("WENT HOME")) == ["Codelist C66727, C114118"]


def test_a_flag_is_y_or_missing():
    flag = char("Derived Flag", "Record Qualifier", "Perm", "C66742", terms=("Y",))
    assert failed(flag, text("Y", None)) == []
    assert failed(flag, text("N")) == ["Terms Y"]


def test_a_length_is_counted_in_utf8_bytes():
    term = char("Term", "Topic", "Req")
    assert failed(term, text("热" * 66 + "ab")) == []  # 66 x 3 + 2 = 200 bytes
    assert failed(term, text("热" * 67)) == ["Length 200"]  # 67 characters, 201 bytes


def test_a_test_code_is_a_short_name():
    testcd = char("Question Short Name", "Topic", "Req", short_name=True)
    assert failed(testcd, text("DLQI107A", "_X")) == []
    assert failed(testcd, text("1DLQI")) == ["Short name"]
    assert failed(testcd, text("DLQI10001")) == ["Length 8"]


@pytest.mark.parametrize(
    "date",
    [
        "2020",
        "2020-03",
        "2020-03-05",
        "2020-03-05T09:30",
        "2020-03-05T09:30:15.5+08:00",
        "2020---07",  # the month is not known
        "--12-15",  # nor the year
        "2020-03-05T-:15",
        "-----T07:15",
        "2020-02-29",  # a leap day
        "2020-03-05T09:30/2020-03-05T10:15",
    ],
)
def test_a_date_is_kept_at_the_precision_collected(date):
    assert is_iso8601(pd.Index([date]), "datetime").tolist() == [True]


@pytest.mark.parametrize(
    "date",
    [
        "2020-02-31",
        "2019-02-29",  # 2019 was no leap year
        "2020-04-31T09:30",
        "2020-03-05/2020-02-30",
        "2020-13",
        "2020-03-05T24:10",
        "2020-3-5",
        "05MAR2020",
        "20200305",
        "２０２０-０３",
        "2020-03-",
        "2020-UN-UN",
        "-",
        " 2020",
        "2020-03-05 09:30",
        "2020-03-05T",
    ],
)
def test_what_is_no_date_is_refused(date):
    assert is_iso8601(pd.Index([date]), "datetime").tolist() == [False]


def test_a_date_has_no_time():
    assert is_iso8601(pd.Index(["2020-03-05", "2020-03-05T09:30"]), "date").tolist() == [True, False]


def test_durations():
    good = ["P1W", "-P7D", "P12W", "PT30M", "-PT15M", "P1Y2M3DT4H5M6.5S"]
    bad = ["P", "PT", "P1DT", "7D", "P1H", "P1.D", "1 week"]
    assert is_iso8601(pd.Index(good), "duration").all()
    assert not is_iso8601(pd.Index(bad), "duration").any()


def test_the_failing_date_is_reported_by_the_name_of_its_check():
    assert failed(char("Start", "Timing", "Exp", iso8601="datetime"), text("2020-02-31")) == [
        "ISO 8601 datetime"
    ]


def test_there_is_no_study_day_zero():
    day = num("Study Day of Start", "Timing", "Perm", "day")
    assert failed(day, [-1.0, 1.0, None]) == []
    assert failed(day, pd.Series([-1, 1, None], dtype="Int64")) == []
    assert failed(day, [0.0]) == ["Day zero"]
    assert failed(day, [1.5]) == ["Integer"]


def test_a_number_is_not_a_text_or_a_flag():
    for values in (text("1"), [True]):
        assert failed(num("Age", "Record Qualifier", "Exp"), values) == ["Num"]
