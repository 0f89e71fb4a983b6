"""A REDCap project's flat export and its data dictionary: a visit with a checkbox, adverse events that repeat."""

from pathlib import Path

import pytest

from flows.problems import RawFileError, StudyFileError
from flows.readers import redcap
from flows.sources import batches, raw_files
from schemas.study import Drift, Source, Study, StudyFile, UnusedFile
from tests.flows.readers.conftest import FILES

DAY = "2020-03-01"
RAW, LABEL, DICTIONARY = (
    (FILES / f"redcap_{name}.csv").read_text(encoding="utf-8") for name in ("raw", "label", "dictionary")
)
EVENTS = {
    "form": "ae",
    "file": "redcap.csv",
    "format": "redcap",
    "encoding": "utf-8",
    "delimiter": ",",
    "decimal": ".",
    "dictionary": "dictionary.csv",
    "redcap_form": "adverse_events",
    "values": "raw",
    "mode": "cumulative",
    "key": ["SITEID", "SUBJID"],
    "date_order": "ymd",
    "missing": {"NI": "NO INFORMATION"},
    "columns": {
        "SITEID": {"value": "01"},
        "SUBJID": "record_id",
        "AETERM": "aeterm",
        "AESER": {"column": "aeser", "codes": "yesno"},
    },
    "unused": ["ongoing", "adverse_events_complete"],
}
VISIT = EVENTS | {
    "form": "mh",
    "redcap_form": "visit",
    "columns": {"SITEID": "site", "SUBJID": "record_id", "MHTERM": "pmh___1"},
    "unused": ["pmh____9", "visit_complete"],
}


def delivered(folder: Path, export: str = RAW, dictionary: str | None = DICTIONARY) -> Path:
    (folder / DAY).mkdir(exist_ok=True)
    (folder / DAY / "redcap.csv").write_text(export, encoding="utf-8")
    if dictionary:
        (folder / DAY / "dictionary.csv").write_text(dictionary, encoding="utf-8")
    return folder


def study_of(*unused: str, codes: tuple[str, ...] = ("1", "2"), **sources: dict) -> Study:
    file = StudyFile.model_construct(
        sources={name: Source.model_validate(source) for name, source in sources.items()},
        drift=Drift.model_validate(dict.fromkeys(Drift.model_fields, "stop")),
        unused=[UnusedFile(file=name, reason="for people") for name in unused],
        codelists={"yesno": codes},
    )
    return Study.model_construct(file=file)


def rows(folder: Path, source: str, *columns: str, **sources: dict) -> tuple[list[tuple], int]:
    study, others = study_of("*#*", **sources), []
    (file,) = [file for file in raw_files(study, folder) if file.source == source]
    tables = list(batches(file, study.file.sources[source], others))
    found = [tuple(row[column] for column in columns) for table in tables for row in table.to_pylist()]
    return found, sum(others)


def refused(folder: Path, error=RawFileError, *unused: str, **options) -> list[str]:
    with pytest.raises(error) as raised:
        raw_files(study_of(*unused or ("*#*",), **options), folder)
    return [str(problem) for problem in raised.value.problems]


def test_each_instrument_has_the_rows_that_say_something_on_it_and_the_others_are_counted(tmp_path):
    delivered(tmp_path)
    sources = {"ae": EVENTS, "mh": VISIT}
    assert rows(tmp_path, "ae", "_row", "record_id", "aeterm", **sources) == ([(3, "1", "Fever"), (4, "1", "Rash")], 3)
    # unchecked boxes, and a status that is still incomplete, are no answers
    assert rows(tmp_path, "mh", "_row", "site", "pmh___1", **sources) == ([(2, "01", "1")], 4)
    files = raw_files(study_of(**sources), tmp_path)
    assert {file.name for file in files} == {
        f"{DAY}/redcap.csv#adverse_events", f"{DAY}/redcap.csv#visit", f"{DAY}/dictionary.csv"
    }  # fmt: skip


def test_labels_are_read_where_the_study_file_says_so(tmp_path):
    labels = EVENTS | {"values": "label"}
    delivered(tmp_path, LABEL)
    study = study_of("*#*", codes=("Yes", "No"), ae=labels)
    (file,) = [file for file in raw_files(study, tmp_path) if file.source]
    (table,) = batches(file, study.file.sources["ae"])
    assert table.column("aeser").to_pylist() == ["No"]
    file = raw_files(study_of("*#*", ae=EVENTS), tmp_path)[0]
    with pytest.raises(RawFileError, match='column aeser: holds No, and the source says values = "raw"'):
        list(batches(file, Source.model_validate(EVENTS)))


def test_an_instrument_with_rows_that_no_source_reads_must_be_declared(tmp_path):
    delivered(tmp_path)
    said = f"study.toml: sources: {DAY}/redcap.csv#visit belongs to no source: add one, or list it under [[unused]]"
    assert refused(tmp_path, StudyFileError, "none", ae=EVENTS) == [said]
    files = raw_files(study_of("redcap.csv#visit", ae=EVENTS), tmp_path)
    assert [(file.name, file.lines) for file in files if not file.source] == [
        (f"{DAY}/dictionary.csv", None),
        (f"{DAY}/redcap.csv#visit", 1),
    ]


def test_a_choice_that_the_study_file_does_not_declare_is_named(tmp_path):
    delivered(tmp_path)
    said = (
        f"study.toml: codelists.yesno: does not declare 2 (No), which {DAY}/redcap.csv#adverse_events offers for aeser"
    )
    assert refused(tmp_path, StudyFileError, ae=EVENTS, codes=("1",)) == [said]


@pytest.mark.parametrize(
    ("export", "dictionary", "said"),
    [
        (RAW, None, "dictionary.csv: is missing: the data dictionary is expected in every delivery"),
        (RAW, "a,b\n", "dictionary.csv: line 1: is no REDCap data dictionary: it has no column Variable / Field Name"),
        (
            "Record,Event\n1,Fever\n",
            DICTIONARY,
            "header: has the labels of the fields: export the data with variable names",
        ),
        (RAW, DICTIONARY.replace("adverse_events", "events"), "dictionary.csv: adverse_events is no instrument"),
    ],
)
def test_what_cannot_be_split_is_refused(tmp_path, export, dictionary, said):
    delivered(tmp_path, export, dictionary)
    assert said in refused(tmp_path, ae=EVENTS)[0]


def test_a_dictionary_from_the_api_says_the_same(tmp_path):
    path = tmp_path / "d.csv"
    names = "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations"
    path.write_text(DICTIONARY, encoding="utf-8")
    by_hand = redcap.dictionary(path, "d")
    path.write_text("\n".join([names, *DICTIONARY.splitlines()[1:]]), encoding="utf-8")
    assert redcap.dictionary(path, "d") == by_hand
    assert [field.name for field in by_hand][:4] == ["record_id", "site", "pmh___1", "pmh____9"]
    assert by_hand[5].choices == {"1": "Yes", "2": "No"}


# --- the name of a repeating instrument


def repeating(names: tuple[str, str]) -> tuple[str, str]:
    """An export with one record of each of two repeating instruments, and its dictionary."""
    lines = ['Variable / Field Name,Form Name,Field Type,Field Label,"Choices, Calculations, OR Slider Labels"']
    lines += ["record_id,visit,text,Record,", "aeterm,adverse_events,text,Event,", "drug,medication,text,Drug,"]
    head = "record_id,redcap_repeat_instrument,redcap_repeat_instance,aeterm,adverse_events_complete,drug"
    rows = [head, f"1,{names[0]},1,fever,0,", f"1,{names[1]},1,,,aspirin"]
    return "\n".join(rows) + "\n", "\n".join(lines) + "\n"


def events_of(folder: Path, names: tuple[str, str], **keys) -> list[str]:
    columns = {"SITEID": {"value": "01"}, "SUBJID": "record_id", "AETERM": "aeterm"}
    source = EVENTS | {"columns": columns, "unused": ["adverse_events_complete"], "missing": {}} | keys
    study = study_of("redcap.csv#medication", ae=source)
    (file,) = (one for one in raw_files(study, delivered(folder, *repeating(names))) if one.source)
    tables = list(batches(file, study.file.sources["ae"]))
    return [text for table in tables for text in table.column("aeterm").to_pylist()]


def test_labels_that_are_not_latin_are_told_apart(tmp_path):
    assert events_of(tmp_path, ("不良事件", "合并用药"), repeat="不良事件") == ["fever"]


def test_a_repeating_instrument_under_a_name_that_nobody_knows_is_no_lost_row(tmp_path):
    with pytest.raises(RawFileError, match='say repeat = "AE log"'):
        events_of(tmp_path, ("AE log", "medication"))
    assert events_of(tmp_path, ("AE log", "medication"), repeat="AE log") == ["fever"]


def test_an_instrument_that_nobody_reads_is_listed_whatever_it_is_called(tmp_path):
    delivered(tmp_path, *repeating(("adverse_events", "Drug log")))
    columns = {"SITEID": {"value": "01"}, "SUBJID": "record_id", "AETERM": "aeterm"}
    source = EVENTS | {"columns": columns, "unused": ["adverse_events_complete"], "missing": {}}
    with pytest.raises(StudyFileError, match="redcap.csv#medication belongs to no source"):
        raw_files(study_of(ae=source), tmp_path)
