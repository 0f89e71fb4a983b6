import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pyreadstat
import pytest

from flows import submit as package_module
from flows import warehouse
from flows.cli import main
from flows.conform import FINDING
from flows.datasets import found_in
from flows.fingerprint import PACKAGES, sha256
from flows.problems import BadUse, StudyFileError, SubmissionError
from flows.submit import package_text, program_names, records, submit, written_beside
from schemas.adam import DATASETS as ADAM
from schemas.sdtm import DATASETS as SDTM
from schemas.text import text_folder
from tests.conftest import STUDY
from transforms.export.parquet import write_parquet
from transforms.review.dispositions import DISPOSED

SDTM_FOLDER = Path("m5/datasets/admscpso/tabulations/sdtm")
ADAM_FOLDER = Path("m5/datasets/admscpso/analysis/adam/datasets")
LAYERS = {"sdtm": (SDTM_FOLDER, SDTM), "adam": (ADAM_FOLDER, ADAM)}
# what the snapshot has beyond ASCII, and what the package has in its place
ASCII = {
    "Compound “Qingkailing” granules": 'Compound "Qingkailing" granules',
    "皮肤干燥": "Dry skin",
    "物理降温": "Physical cooling",
}
LEFT_OUT = {"SUPPAE", "SUPPCM", "SUPPMH"}  # there is nothing in them but texts before their translation
# permissible, and without a value in this study
EMPTY = {
    "TV": ["TVENRL"],
    "AE": ["AEENRTPT", "AEENTPT"],
    "QS": ["QSDRVFL"],
    "RS": ["RSSTAT", "RSREASND", "RSDRVFL"],
    "FAMH": ["FASTAT", "FAREASND"],
}
DEF = "{http://www.cdisc.org/ns/def/v2.1}"
XLINK = "{http://www.w3.org/1999/xlink}"
R_READER = """
if (!requireNamespace("haven", quietly = TRUE)) quit(status = 3)
said <- function(x, name) { value <- attr(x, name); if (is.null(value)) "" else value }
raw <- function(x) {
  if (inherits(x, "Date")) x <- as.numeric(x) + 3653
  if (inherits(x, "POSIXct")) x <- as.numeric(x) + 3653 * 86400
  if (is.numeric(x)) ifelse(is.na(x), "", sprintf("%.17g", x)) else ifelse(is.na(x), "", as.character(x))
}
arguments <- commandArgs(TRUE)
for (file in list.files(arguments[1], "[.]xpt$", full.names = TRUE)) {
  frame <- haven::read_xpt(file)
  place <- file.path(arguments[2], sub("[.]xpt$", "", basename(file)))
  labels <- sapply(frame, said, "label")
  about <- data.frame(name = names(frame), label = labels, format = sapply(frame, said, "format.sas"))
  write.csv(about, paste0(place, ".about.csv"), row.names = FALSE, fileEncoding = "UTF-8")
  values <- as.data.frame(lapply(as.list(frame), raw), check.names = FALSE)
  write.csv(values, paste0(place, ".csv"), row.names = FALSE, fileEncoding = "UTF-8")
}
"""


def submitted(home, out, folder=STUDY, **options):
    return submit(home, warehouse.snapshot(home), folder, out, **options)


@pytest.fixture(scope="module", autouse=True)
def same_code(published):
    """The code is that of the snapshot, whoever edits it meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package_module, "code_hash", lambda: warehouse.snapshot(published)["fingerprint"]["code"])
        yield


@pytest.fixture(scope="module")
def package(published, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("submission") / "package"
    submitted(published, out)
    return out


@pytest.fixture(scope="module")
def expected(published) -> dict[str, pd.DataFrame]:
    """Every dataset of the snapshot as a reader of transport files should have it."""
    return {
        name: as_a_reader_has_it(frame.drop(columns=EMPTY.get(name, [])), LAYERS[layer][1][name])
        for layer in LAYERS
        for name, frame in snapshot_frames(published, layer).items()
        if name not in LEFT_OUT
    }


def snapshot_frames(home, layer):
    found = sorted((home / "current" / layer).glob("*.parquet"))
    return {path.stem: pq.read_table(path).to_pandas(date_as_object=False) for path in found}


def as_a_reader_has_it(frame, schema):
    """Text in ASCII, blank for missing; dates and times as SAS counts them, from 1960."""
    columns = {}
    for name, values in frame.items():
        kind = schema.columns[name].metadata.get("kind")
        if kind in ("date", "datetime"):
            unit = pd.Timedelta("1D" if kind == "date" else "1s")
            columns[name] = (values - pd.Timestamp("1960-01-01")) / unit
        elif pd.api.types.is_numeric_dtype(values.dtype):
            columns[name] = values.astype("float64")
        else:
            columns[name] = values.astype("object").where(values.notna(), "").replace(ASCII)
    return pd.DataFrame(columns)


def transport_files(package):
    return sorted([*(package / SDTM_FOLDER).glob("*.xpt"), *(package / ADAM_FOLDER).glob("*.xpt")])


def schema_of(path):
    return {**SDTM, **ADAM}[path.stem.upper()]


def copied(study, folder):
    shutil.copytree(study, folder, ignore=shutil.ignore_patterns("raw"))
    return folder


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# What is in it


def test_agencies_find_each_file_under_its_name(package, expected):
    names = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}
    sdtm, adam = SDTM_FOLDER.as_posix(), ADAM_FOLDER.as_posix()
    assert {f"{sdtm}/{name}" for name in ("ts.xpt", "dm.xpt", "ae.xpt", "suppex.xpt", "define.xml")} <= names
    assert {f"{adam}/{name}" for name in ("adsl.xpt", "adae.xpt", "define.xml", "define2-1.xsl")} <= names
    assert f"{sdtm}/acrf.pdf" in names
    assert "m5/datasets/admscpso/analysis/adam/programs/sql-adam-adsl.txt" in names
    assert {"manifest.json", "dataset-json/sdtm/ae.json", "dataset-json/adam/adsl.ndjson"} <= names
    assert {path.stem.upper() for path in transport_files(package)} == set(expected)
    assert not [name for name in names if not re.fullmatch(r"[a-z0-9./-]+", name)]


def test_the_same_snapshot_gives_the_same_bytes(published, package, tmp_path):
    submitted(published, tmp_path / "again")
    assert files_of(tmp_path / "again") == files_of(package)


def test_the_manifest_names_every_other_file_with_its_sha256(package):
    manifest = json.loads((package / "manifest.json").read_text())
    listed = {file["path"]: (file["sha256"], file["bytes"]) for file in manifest["files"]}
    found = [path for path in package.rglob("*") if path.is_file() and path.name != "manifest.json"]
    assert listed == {p.relative_to(package).as_posix(): (sha256(p), p.stat().st_size) for p in found}


def test_the_manifest_tells_every_text_that_was_changed_or_left_out(package):
    changed = json.loads((package / "manifest.json").read_text())["changed"]
    told = [(one["dataset"], one["variable"], one["records"], one["what"].split(" (")[0]) for one in changed]
    empty = {(one[0], one[1]) for one in told if one[3] == "permissible and without a value: left out"}
    assert empty == {(name, variable) for name, variables in EMPTY.items() for variable in variables}
    assert [one for one in told if one[:2] not in empty] == [
        ("SUPPCM", "CMTRTOR", 1, "left out of the package"),
        ("CM", "CMTRT", 1, "letters and signs written in ASCII"),
        ("CM", "CMINDC", 1, "put into English by the study's table"),
        ("SUPPAE", "AETERMOR", 2, "left out of the package"),
        ("AE", "AEACNOTH", 1, "put into English by the study's table"),
        ("SUPPMH", "MHTERMOR", 1, "left out of the package"),
    ]


def test_programs_are_ascii_and_nothing_that_they_call_is_lacking(package):
    folder = package / "m5/datasets/admscpso/analysis/adam/programs"
    names = program_names()
    assert {path.name for path in folder.iterdir()} == {*names.values(), "study-tables.txt"}
    assert all(path.read_bytes().isascii() for path in folder.iterdir())
    for path in names:
        if path.startswith("transforms/"):
            for module in re.findall(r"^from (transforms[\w.]*) import", (PACKAGES / path).read_text(), re.M):
                place = module.replace(".", "/")
                assert {f"{place}.py", f"{place}/__init__.py"} & names.keys(), f"{path} imports {module}"


def test_what_the_selects_read_of_the_study_runs_by_itself(package):
    import duckdb

    text = (package / "m5/datasets/admscpso/analysis/adam/programs/study-tables.txt").read_text()
    assert "-- $treatment_emergent_days = 30\n" in text
    with duckdb.connect() as con:
        con.execute(text)
        assert con.execute("SELECT count(*) FROM study.doses").fetchone() == (3,)
        assert con.execute("SELECT PARAM FROM standards.parameters WHERE PARAMCD = 'PASITOT'").fetchone()


# Read back


def by_pyreadstat(path):
    return pyreadstat.read_xport(str(path), disable_datetime_conversion=True)[0]


def by_pandas(path):
    frame = pd.read_sas(path, format="xport", encoding="ascii")
    texts = frame.columns[[not pd.api.types.is_numeric_dtype(dtype) for dtype in frame.dtypes]]
    return frame.astype(dict.fromkeys(texts, "object")).fillna(dict.fromkeys(texts, ""))


@pytest.mark.parametrize(("reader", "tolerance"), [(by_pyreadstat, 0), (by_pandas, 2**-49)])
def test_every_value_is_read_back(package, expected, reader, tolerance):
    """pandas drops the last bits of an IBM double, and reads zero as 5.4E-79."""
    for path in transport_files(package):
        got, want = reader(path).reset_index(drop=True), expected[path.stem.upper()]
        pd.testing.assert_frame_equal(got, want, check_dtype=False, rtol=tolerance, atol=1e-78)


def test_labels_lengths_and_formats_are_those_of_the_schemas_and_the_study(package, expected):
    widest: dict[str, int] = {}
    for name, frame in expected.items():
        for variable in frame.select_dtypes(object) if not name.startswith("SUPP") else ():
            longest = int(frame[variable].str.len().max())
            widest[variable] = max(longest, widest.get(variable, 1))
    for path in transport_files(package):
        schema = schema_of(path)
        _, meta = pyreadstat.read_xport(str(path), metadataonly=True)
        assert (meta.table_name, meta.file_label) == (schema.name, schema.title)
        for variable in meta.column_names:
            column = schema.columns[variable]
            about = f"{schema.name}.{variable}"
            assert meta.column_names_to_labels[variable] == column.title, about
            kind, shown = column.metadata.get("kind"), meta.original_variable_types[variable]
            wanted = {"date": "DATE9", "datetime": "DATETIME20"}.get(kind)
            assert wanted in (None, shown), about
            width = meta.variable_storage_width[variable]
            if column.metadata["type"] == "Num":
                assert width == 8, about
            elif schema.name.startswith("SUPP"):
                assert width == max(1, expected[schema.name][variable].str.len().max()), about
            else:
                assert width == widest[variable], about


def test_r_reads_every_value_label_and_format(package, expected, tmp_path):
    if not shutil.which("Rscript"):
        pytest.skip("Rscript (Debian: r-base-core, r-cran-haven) is not installed: haven did not read the package")
    for layer in (SDTM_FOLDER, ADAM_FOLDER):
        command = ["Rscript", "--vanilla", "-e", R_READER, package / layer, tmp_path]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode == 3:
            pytest.skip("R has no haven (Debian: r-cran-haven): it did not read the package")
        assert done.returncode == 0, done.stderr
    for path in transport_files(package):
        schema, want = schema_of(path), expected[path.stem.upper()]
        got = pd.read_csv(tmp_path / f"{path.stem}.csv", dtype=str, keep_default_na=False)
        for variable in want.select_dtypes("number"):
            got[variable] = pd.to_numeric(got[variable])
        pd.testing.assert_frame_equal(got, want, check_dtype=False, check_exact=True)
        about = pd.read_csv(tmp_path / f"{path.stem}.about.csv", keep_default_na=False).set_index("name")
        assert about["label"].to_dict() == {name: schema.columns[name].title for name in want}
        formats = {"date": "DATE9", "datetime": "DATETIME20"}
        kinds = {name: schema.columns[name].metadata.get("kind") for name in want}
        assert about["format"].to_dict() == {name: formats.get(kind, "") for name, kind in kinds.items()}


# Dataset-JSON and Define-XML


@pytest.mark.parametrize("layer", LAYERS)
def test_dataset_json_is_valid_and_has_the_records_of_the_transport_files(package, expected, layer):
    schema = json.loads((text_folder("standards") / "dataset-json-1.1.schema.json").read_text())
    validator = jsonschema.validators.validator_for(schema)(schema)
    for path in sorted((package / LAYERS[layer][0]).glob("*.xpt")):
        place = package / "dataset-json" / layer
        whole = json.loads((place / f"{path.stem}.json").read_text())
        assert not [error.message for error in validator.iter_errors(whole)]
        lines = [json.loads(line) for line in (place / f"{path.stem}.ndjson").read_text().splitlines()]
        assert lines == [{key: value for key, value in whole.items() if key != "rows"}, *whole["rows"]]
        want = expected[path.stem.upper()]
        assert [column["name"] for column in whole["columns"]] == list(want)
        assert whole["records"] == len(whole["rows"]) == len(want)
        got = pd.DataFrame(whole["rows"], columns=list(want))
        for column in whole["columns"]:
            values, name = got[column["name"]], column["name"]
            if "targetDataType" in column:
                unit = pd.Timedelta("1D" if column["dataType"] == "date" else "1s")
                got[name] = (pd.to_datetime(values) - pd.Timestamp("1960-01-01")) / unit
            elif pd.api.types.is_numeric_dtype(want[name].dtype):
                got[name] = pd.to_numeric(values)
            else:
                got[name] = values.astype("object").where(values.notna(), "")
        pd.testing.assert_frame_equal(got, want, check_dtype=False, check_exact=True)


@pytest.mark.parametrize("layer", LAYERS)
def test_dataset_json_speaks_of_the_define_xml_beside_it(package, layer):
    folder = LAYERS[layer][0]
    root = ET.parse(package / folder / "define.xml").getroot()
    oids = {kind: {one.get("OID") for one in root.iter() if one.tag.endswith(f"}}{kind}")} for kind in
            ("Study", "MetaDataVersion", "ItemGroupDef", "ItemDef")}  # fmt: skip
    lengths = {one.get("OID"): one.get("Length") for one in root.iter() if one.tag.endswith("}ItemDef")}
    for path in (package / "dataset-json" / layer).glob("*.json"):
        whole = json.loads(path.read_text())
        assert (path.parent / whole["metaDataRef"]).resolve() == package / folder / "define.xml"
        assert whole["studyOID"] in oids["Study"] and whole["metaDataVersionOID"] in oids["MetaDataVersion"]
        assert whole["itemGroupOID"] in oids["ItemGroupDef"]
        assert {column["itemOID"] for column in whole["columns"]} <= oids["ItemDef"]
        for column in whole["columns"]:
            if column["dataType"] == "string" and lengths[column["itemOID"]]:
                assert str(column["length"]) == lengths[column["itemOID"]], column["itemOID"]


@pytest.mark.parametrize("folder", [SDTM_FOLDER, ADAM_FOLDER])
def test_every_link_of_define_xml_leads_to_a_file(package, folder):
    text = (package / folder / "define.xml").read_text()
    (stylesheet,) = re.findall(r'<\?xml-stylesheet type="text/xsl" href="([^"]+)"', text)
    hrefs = {leaf.get(f"{XLINK}href") for leaf in ET.fromstring(text.encode()).iter(f"{DEF}leaf")}
    assert {path.name for path in (package / folder).glob("*.xpt")} <= hrefs
    assert not [href for href in (stylesheet, *hrefs) if not (package / folder / href).is_file()]


# Large datasets


def no_rules(*_):
    """Findings of conformance: none. The rules take longer than all the rest."""
    return pd.DataFrame(columns=[*FINDING, *DISPOSED])


def test_a_dataset_over_the_limit_is_there_whole_and_in_parts_of_equal_variables(published, tmp_path, monkeypatch):
    monkeypatch.setattr(package_module, "conformance", no_rules)
    said = submitted(published, tmp_path / "package", limit=50_000)
    (qs,) = [one for one in said["datasets"] if one["dataset"] == "QS"]
    folder = tmp_path / "package" / SDTM_FOLDER
    whole, about = pyreadstat.read_xport(str(folder / "qs.xpt"))
    parts = [pyreadstat.read_xport(str(folder / "split" / f"{name.lower()}.xpt")) for name in qs["parts"]]
    assert qs["parts"] == [f"QS{n}" for n in range(1, len(parts) + 1)] and len(parts) > 1
    assert all((folder / "split" / f"{name.lower()}.xpt").stat().st_size <= 50_000 for name in qs["parts"])
    pd.testing.assert_frame_equal(pd.concat([frame for frame, _ in parts], ignore_index=True), whole)
    for name, (_, meta) in zip(qs["parts"], parts, strict=True):
        assert (meta.table_name, meta.file_label) == (name, about.file_label)
        assert meta.column_names_to_labels == about.column_names_to_labels
        assert meta.variable_storage_width == about.variable_storage_width
    assert not (folder / "split" / "ts1.xpt").exists()
    found, _ = found_in(tmp_path / "package")
    assert {one.name for one in found} == {one["dataset"] for one in said["datasets"]}  # the parts count once
    (told,) = [one for one in said["changed"] if one["dataset"] == "QS" and not one["variable"]]
    assert told["records"] == len(whole)


def test_the_parts_of_a_snapshot_become_one_dataset_by_subject(tmp_path):
    parts = {"0": ["S-01", "S-01", "S-04"], "1": ["S-02", "S-03", "S-03"]}
    for part, subjects in parts.items():
        numbers = np.arange(1, len(subjects) + 1)
        frame = pd.DataFrame({"USUBJID": pd.Categorical(subjects), "AESEQ": numbers})
        with (tmp_path / f"{part}.parquet").open("wb") as file:
            write_parquet(frame, None, file)
    frame = records(sorted(tmp_path.iterdir()))
    assert frame.astype({"USUBJID": "str"}).values.tolist() == [
        ["S-01", 1], ["S-01", 2], ["S-02", 1], ["S-03", 2], ["S-03", 3], ["S-04", 3],
    ]  # fmt: skip


# What is refused


def test_a_study_file_that_says_nothing_of_submission_is_told_what_to_write(published, tmp_path):
    folder = copied(STUDY, tmp_path / "study")
    text = (folder / "study.toml").read_text()
    (folder / "study.toml").write_text(text.replace("[submission]\nascii", "[retention]\nsnapshots = 9\n#"))
    (folder / "study.toml").write_text(re.sub(r"(?m)^left_out.*$", "", (folder / "study.toml").read_text()))
    with pytest.raises(StudyFileError, match=r'submission: is missing: .* ascii = "refuse"'):
        submitted(published, tmp_path / "package", folder)
    assert not (tmp_path / "package").exists()


def test_text_without_ascii_is_told_of_all_datasets_at_once_and_nothing_is_written(published, tmp_path):
    folder = copied(STUDY, tmp_path / "study")
    (folder / "submission_texts.csv").unlink()
    with pytest.raises(SubmissionError) as refused:
        submitted(published, tmp_path / "place" / "package", folder)
    places = [line.partition(":")[0] for line in str(refused.value).splitlines()]
    assert places == ["CM.CMINDC", "AE.AEACNOTH"]
    assert not list((tmp_path / "place").iterdir())


def rewritten(published, tmp_path, name, change):
    """The warehouse with a snapshot of which one dataset was changed."""
    home = tmp_path / "ADMSCPSO"
    shutil.copytree(published, home, symlinks=True)
    place = (home / "current" / f"{name}.parquet").resolve()
    frame = change(pq.read_table(place).to_pandas(date_as_object=False))
    os.chmod(place.parent, 0o750)
    place.unlink()
    with place.open("wb") as file:
        write_parquet(frame, {**SDTM, **ADAM}[place.stem], file)
    return home


@pytest.mark.parametrize("name", ["sdtm/DM", "sdtm/TS", "adam/ADSL"])
def test_what_an_agency_would_reject_is_not_written(published, tmp_path, name):
    home = rewritten(published, tmp_path, name, lambda frame: frame.iloc[:0])
    with pytest.raises(SubmissionError, match=f"{name[5:]}: no records; a submission without {name[5:].lower()}.xpt"):
        submitted(home, tmp_path / "package")


@pytest.mark.parametrize("start", [None, "2019", "2019-02-30", "3 March 2019"])
def test_a_study_without_a_start_date_is_not_submitted(published, tmp_path, start):
    def changed(ts):
        ts = ts.astype({"TSVAL": "object"})
        ts.loc[ts["TSPARMCD"] == "SSTDTC", "TSVAL"] = start
        return ts.astype({"TSVAL": "str"})

    home = rewritten(published, tmp_path, "sdtm/TS", changed)
    with pytest.raises(SubmissionError, match=r"TS: SSTDTC \(Study Start Date\) is .*; expected one date, YYYY-MM-DD"):
        submitted(home, tmp_path / "package")


@pytest.mark.parametrize("view", ["blinded", "anonymised"])
def test_a_view_is_not_submitted(published, tmp_path, view):
    manifest = warehouse.snapshot(published)
    manifest["fingerprint"]["view"] = view
    with pytest.raises(BadUse, match=f"is the {view} view of another one"):
        submit(published, manifest, STUDY, tmp_path / "package")


# Where it is written


def write_package(out, words="new", **options):
    """A small package in the place of `out`."""
    with written_beside(out, options.get("force", False)) as place:
        (place / "ae.xpt").write_text(words)
        files = [{"path": "ae.xpt", "sha256": sha256(place / "ae.xpt")}]
        (place / "manifest.json").write_text(json.dumps({"kind": package_module.KIND, "files": files}))


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(BadUse, match="is not empty and no submission package: nothing was written"):
        write_package(tmp_path, force=True)
    assert files_of(tmp_path) == {"notes.txt": b"mine"}
    with pytest.raises(BadUse, match=r"notes.txt is no folder"):
        write_package(tmp_path / "notes.txt")


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_package_as_it_was_written_is_replaced(tmp_path, monkeypatch, can_exchange):
    if not can_exchange:
        monkeypatch.setattr(package_module, "exchanged", lambda *_: False)
    write_package(tmp_path / "package", "old")
    write_package(tmp_path / "package")
    assert (tmp_path / "package" / "ae.xpt").read_text() == "new" and os.listdir(tmp_path) == ["package"]


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "package").mkdir()
    write_package(tmp_path / "package")
    assert os.listdir(tmp_path) == ["package"] and (tmp_path / "package" / "ae.xpt").exists()


def test_work_done_in_a_package_is_not_written_over_without_force(tmp_path):
    out = tmp_path / "package"
    write_package(out, "old")
    (out / "ae.xpt").write_text("edited")
    (out / "letter.pdf").write_text("added")
    with pytest.raises(BadUse, match="ae.xpt was changed, letter.pdf was added; save it, or give --force"):
        write_package(out)
    assert files_of(out).keys() == {"ae.xpt", "letter.pdf", "manifest.json"}
    write_package(out, force=True)
    assert files_of(out).keys() == {"ae.xpt", "manifest.json"} and os.listdir(tmp_path) == ["package"]


def test_what_fails_on_the_way_leaves_the_old_package_and_nothing_else(tmp_path):
    out = tmp_path / "package"
    write_package(out, "old")
    with pytest.raises(OSError, match="no space left"), written_beside(out, False) as place:
        (place / "ae.xpt").write_text("half")
        raise OSError("no space left on device")
    assert (out / "ae.xpt").read_text() == "old" and os.listdir(tmp_path) == ["package"]


def test_what_a_killed_run_left_is_cleared_by_the_next_and_what_a_live_one_writes_is_not(tmp_path):
    left = tmp_path / ".package.0123.part"
    left.mkdir()
    (left / "half.xpt").write_text("half")
    with written_beside(tmp_path / "package", False) as place:
        (place / "ae.xpt").write_text("slow")
        write_package(tmp_path / "package")
        assert (place / "ae.xpt").exists() and not left.exists()
        (place / "manifest.json").write_text((tmp_path / "package" / "manifest.json").read_text())
    assert (tmp_path / "package" / "ae.xpt").read_text() == "slow" and os.listdir(tmp_path) == ["package"]


def test_a_run_killed_while_it_writes_leaves_the_old_package(tmp_path):
    out = tmp_path / "package"
    write_package(out, "old")
    code = f"""
import os, signal
from pathlib import Path
from flows.submit import written_beside
with written_beside(Path({str(out)!r}), False) as place:
    (place / "ae.xpt").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=PACKAGES)
    assert done.returncode == -9
    assert (out / "ae.xpt").read_text() == "old" and len(os.listdir(tmp_path)) == 2
    write_package(out)
    assert (out / "ae.xpt").read_text() == "new" and os.listdir(tmp_path) == ["package"]


# The command


def test_the_command_says_where_the_package_is_and_what_was_changed(published, tmp_path, capsys, monkeypatch):
    out = str(tmp_path / "package")
    asked = ["submit", str(STUDY), "--warehouse", str(published.parent), "--out", out]
    assert main(asked) == 0
    said = capsys.readouterr().out
    assert "SDTM  20 datasets" in said and "ADSL                 9 records" in said
    assert "AE.AEACNOTH" in said and f"Package: {out}" in said
    assert "Note: the programs are not those" not in said and "Note: the snapshot is not locked" in said
    monkeypatch.setattr(package_module, "code_hash", lambda: "of another installation")
    monkeypatch.setattr(package_module, "conformance", no_rules)
    assert main([*asked, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["status"], answer["package"], answer["study"]) == (0, out, "ADMSCPSO")
    assert "Note: the programs are not those that made the snapshot" in package_text(answer, Path(out))
    assert main([*asked[:-1], str(STUDY)]) == 2
    assert "no submission package" in capsys.readouterr().err
    assert main([*asked, "--as-of", "2001-01-01"]) == 2
