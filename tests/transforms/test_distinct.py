import pandas as pd

from transforms.distinct import distinct, mapped, ranks, replaced, stacked


def test_the_function_sees_each_value_that_occurs_once():
    seen = []
    column = pd.Series(pd.Categorical(["b", "a", None, "b"], categories=["a", "b", "of another subject"]))
    result = mapped(column, lambda values: seen.extend(values) or values.str.upper())
    assert seen == ["a", "b"]
    assert result.dtype == "category"
    assert result.astype("str").fillna("missing").tolist() == ["B", "A", "missing", "B"]


def test_text_without_categories_gives_the_same():
    column = pd.Series(["b", None, "a"], dtype="str")
    result = mapped(column, lambda values: values.str.upper())
    assert result.astype("str").fillna("").tolist() == ["B", "", "A"]


def test_numbers_come_back_as_float_and_missing_stays_missing():
    result = mapped(pd.Series(["10", None, "2"], dtype="str"), lambda values: values.astype(int))
    assert result.dtype == "float64"
    assert result.fillna(-1).tolist() == [10, -1, 2]


def test_a_column_without_any_value_gives_a_column_without_any_value():
    empty = pd.Series([None, None], dtype="category")
    assert mapped(empty, lambda values: values.astype("str").str.upper()).isna().all()
    assert distinct(empty)[1].tolist() == [-1, -1]


def test_ranks_follow_the_text_and_not_the_order_of_first_appearance():
    column = pd.Series(pd.Categorical(["S-2", None, "S-1"], categories=["S-2", "S-1"]))
    assert ranks(column).tolist() == [1, -1, 0]


def test_stacked_frames_keep_categories_and_fill_what_one_lacks():
    dlqi = pd.DataFrame({"QSTESTCD": pd.Categorical(["DLQI101"]), "QSSTRESN": [3.0]})
    vas = pd.DataFrame({"QSTESTCD": pd.Categorical(["PVAS01"]), "QSORRESU": pd.Categorical(["mm"])})
    both = stacked([dlqi, vas])
    assert both["QSTESTCD"].dtype == "category" and both["QSORRESU"].dtype == "category"
    assert both["QSTESTCD"].tolist() == ["DLQI101", "PVAS01"]
    assert both["QSORRESU"].isna().tolist() == [True, False]
    assert both["QSSTRESN"].fillna(-1).tolist() == [3.0, -1]


def test_a_text_is_put_where_it_should_stand_and_nowhere_else():
    coded = pd.Series(pd.Categorical(["FEVER", None, "HEADACHE"]), index=[5, 6, 7])
    verbatim = pd.Series(["fever", "cough", "headache"], dtype="str")
    by_row = replaced(coded, coded.isna(), verbatim)
    assert by_row.dtype == "category" and by_row.index.tolist() == [5, 6, 7]
    assert by_row.tolist() == ["FEVER", "cough", "HEADACHE"]
    assert replaced(coded, coded.isna(), "NOT CODED").tolist() == ["FEVER", "NOT CODED", "HEADACHE"]
    assert replaced(coded, coded.eq("FEVER"), None).isna().tolist() == [True, True, False]
