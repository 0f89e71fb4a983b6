"""What Define-XML says in words, and the whole documents of the psoriasis study."""

import io

import pandas as pd
import pyarrow.parquet as pq
import pytest
from lxml import etree

from flows import analysis
from flows.study_file import read_study
from flows.warehouse import parts
from schemas.adam import DATASETS as ADAM
from schemas.sdtm import DATASETS as SDTM
from schemas.study import Dictionary
from tests.conftest import STUDY
from tests.transforms.export.test_define import NAMES, XSD
from transforms.export.define import described, write_define
from transforms.export.define_texts import (
    about,
    adam_columns,
    adam_texts,
    bound,
    column_rules,
    predecessor,
    readable,
    rule_of_variable,
    rules,
    sdtm_texts,
)
from transforms.export.xpt import text_lengths
from transforms.timing import study_day

# no form has them and no function makes them: they stand in the schemas for data that others made
NEVER_MADE = {f"{name}BLFL" for name in ("EG", "FA", "LB", "QS", "RS", "VS")} | {"EGDRVFL", "LBDRVFL", "VSDRVFL"}
EVERY = [*SDTM, *ADAM]


@pytest.fixture(scope="module")
def study():
    return read_study(STUDY)


@pytest.fixture(scope="module")
def texts(study):
    return {
        "SDTMIG": sdtm_texts(study),
        "ADaMIG": adam_texts(
            analysis.BUILD["tables"], analysis.parameters(study), purposes=study.file.analysis.purposes
        ),
    }


@pytest.mark.parametrize("dataset", EVERY)
def test_every_derived_variable_has_a_method(dataset, texts):
    schema = {**SDTM, **ADAM}[dataset]
    derived = {name for name, column in schema.columns.items() if column.metadata["origin"] == "Derived"}
    methods = texts["SDTMIG" if dataset in SDTM else "ADaMIG"].methods
    assert {name for name in derived - NEVER_MADE if not methods[dataset, name].words} == set()
    assert {name for name in derived if (dataset, name) not in methods} == derived & NEVER_MADE


@pytest.mark.parametrize("dataset", ADAM)
def test_a_predecessor_is_a_column_that_the_select_copies_and_that_is_there(dataset, texts):
    columns = {name.rpartition(".")[2].upper(): own for name, own in readable().items()}
    drawn = adam_columns(dataset)
    for name, column in ADAM[dataset].columns.items():
        if column.metadata["origin"] != "Predecessor":
            continue
        assert drawn[name].copied, f"{dataset}.{name} is worked out"
        for source in texts["ADaMIG"].predecessors[dataset, name].split(", "):
            of, _, variable = source.partition(".")
            assert variable in columns[of]
            assert of in SDTM or of in ADAM


@pytest.mark.parametrize("dataset", ADAM)
def test_every_assigned_variable_of_adam_says_by_which_rule(dataset, texts):
    assigned = [name for name, column in ADAM[dataset].columns.items() if column.metadata["origin"] == "Assigned"]
    assert [name for name in assigned if not texts["ADaMIG"].comments.get(f"{dataset}.{name}")] == []


def test_a_rule_is_a_line_of_a_docstring_for_all_the_variables_it_names():
    assert rules(study_day)["--DY"] == rules(study_day)["--ENDY"]
    assert rule_of_variable("AE", "AEENDY")[0] == "--DY, --STDY, --ENDY"
    assert rule_of_variable("SE", "EPOCH") == ("SE.ELEMENT, TAETORD, EPOCH", "As TA has them for the element.")
    assert rule_of_variable("AE", "AESEV") is None


def test_what_the_study_chooses_stands_in_the_words(study, texts):
    methods = texts["SDTMIG"].methods
    assert methods["DM", "RFSTDTC"].words == "The date of first exposure. Missing for a subject who did not get there."
    assert "study-site-subject" in methods["DM", "USUBJID"].words
    assert "PASI FELDMAN: " in methods["RS", "RSSTRESN"].words
    assert "PASI FELDMAN: " not in methods["QS", "QSSTRESN"].words
    assert not [key for key, method in methods.items() if "{" in method.words]
    assert not [key for key, words in texts["SDTMIG"].comments.items() if "{" in words]


def test_a_variable_that_is_not_the_igs_says_why(texts):
    words = "Not as in the IG's table: SDTM v2.0 --METHOD: how the affected surface was measured (palm method)."
    assert texts["SDTMIG"].comments["FAMH.FAMETHOD"] == words
    assert texts["ADaMIG"].comments["ADSL.PASIBL"] == "Not as in the IG's table: baseline covariate."


def test_what_a_select_binds_stands_in_the_words(texts):
    methods = texts["ADaMIG"].methods
    assert methods["ADAE", "FUPFL"].words == "Y where ASTDT is more than 30 days after TRTEDT."
    assert not [key for key, method in methods.items() if "$" in method.words]
    assert bound("at $day, $other_day", {"day": 3, "other_day": "before_dose"}) == "at 3, before dose"


def test_the_comment_above_a_column_is_its_rule_and_what_is_more_than_a_name_its_expression():
    found = column_rules(
        """-- One record per thing.
WITH
ad AS (
    SELECT
        a.ONE,
        -- The first part,
        -- in words.
        CASE
            WHEN x THEN coalesce(y, 1) -- a remark
        END AS TWO,
        -- Renamed.
        b.TWO AS THREE
    FROM a
)

SELECT * FROM ad
""",
        "AD",
    )
    assert found == {
        "ONE": ("", None),
        "TWO": ("The first part, in words.", "CASE\n    WHEN x THEN coalesce(y, 1)\nEND"),
        "THREE": ("Renamed.", None),
    }


def test_a_predecessor_of_several_datasets_names_them_all():
    assert predecessor({("sdtm.qs", "VISIT"), ("sdtm.famh", "VISIT")}) == "FAMH.VISIT, QS.VISIT"


def test_what_is_coded_refers_to_the_dictionary_of_its_form_and_a_country_to_the_standard_of_the_summary(study):
    given = Dictionary(name="MedDRA", version="27.0", format="meddra", path="m", encoding="utf-8", forms=("ae",))
    coding = study.model_copy(update={"file": study.file.model_copy(update={"dictionaries": {"m": given}})})
    found = sdtm_texts(coding).dictionaries
    assert found["AE", "AEDECOD"] == found["AE", "AESOCCD"] == "MedDRA"
    assert ("MH", "MHDECOD") not in found
    assert found["DM", "COUNTRY"] == "ISO 3166-1 alpha-3"
    assert about(coding, "SDTMIG", "2024", "1").dictionaries == {"MedDRA": "27.0", "ISO 3166-1 alpha-3": None}


def test_who_fills_in_a_questionnaire_is_known(texts):
    assert texts["SDTMIG"].sources["QS", "DLQI"] == ("Subject",)
    assert texts["SDTMIG"].sources["RS", "PASI FELDMAN"] == ("Investigator",)
    assert texts["SDTMIG"].answers["RS", "PASI0201"] == ("NONE", "SLIGHT", "MILD", "MODERATE", "SEVERE")


def test_an_analysis_table_reads_what_its_statement_reads(texts):
    shown = {one.name: one for one in texts["ADaMIG"].displays}
    assert list(shown) == list(analysis.BUILD["tables"])
    assert (shown["exposure"].reason, shown["exposure"].purpose) == ("SPECIFIED IN SAP", "EXPLORATORY OUTCOME MEASURE")
    assert shown["ae_summary"].purpose == "PRIMARY OUTCOME MEASURE"
    (exposure,) = shown["exposure"].used
    assert exposure == (
        "ADEX",
        ("TRTA", "SAFFL", "EXTRT", "PARAM", "PARAMCD", "PARAMN", "AVAL"),
        (("SAFFL", "EQ", ("Y",)),),
    )
    assert [where for *_, where in shown["pasi_response"].used] == [
        (("PARAMCD", "EQ", ("PASITOT",)), ("ANL01FL", "EQ", ("Y",))),
        (("PARCAT2", "EQ", ("RESPONSE",)),),
    ]


# --- the whole documents


def frames(folder, schemas) -> dict[str, pd.DataFrame]:
    found = {}
    for name, schema in schemas.items():
        path = folder / f"{name}.parquet"
        if path.exists():
            texts = [column for column in schema.columns if schema.columns[column].metadata["type"] == "Char"]
            tables = [pq.read_table(part, read_dictionary=texts) for part in parts(path)]
            found[name] = pd.concat([table.to_pandas(date_as_object=False) for table in tables], ignore_index=True)
    return found


@pytest.fixture(scope="module")
def documents(published, study, texts):
    found = {}
    for standard, layer, schemas in (("SDTMIG", "sdtm", SDTM), ("ADaMIG", "adam", ADAM)):
        own = frames(published / "current" / layer, schemas)
        lengths = text_lengths(own.items())
        file = io.BytesIO()
        write_define(
            about(study, standard, "2024-05-01T02:00:00Z", "1.0"),
            [described(rows, schemas[name], lengths[name]) for name, rows in own.items()],
            file,
            texts[standard],
            pages={("AE", "AETERM"): [4]},
            documents={"acrf.pdf": "Annotated CRF", "csdrg.pdf": "Guide"} if layer == "sdtm" else {"adrg.pdf": "Guide"},
        )
        found[standard] = etree.fromstring(file.getvalue()), own
    return found


@pytest.mark.parametrize("standard", ["SDTMIG", "ADaMIG"])
def test_the_document_is_valid_and_every_name_in_it_is_defined_once_and_used(documents, standard):
    document, _ = documents[standard]
    schema = etree.XMLSchema(etree.parse(XSD))
    assert schema.validate(document), schema.error_log
    there, named = [], set()
    for element in document.iter():
        for name, value in element.attrib.items():
            local = etree.QName(name).localname
            if local in ("OID", "ID"):
                there.append(value)
            elif local.endswith("OID") and local != "FileOID" or local in ("leafID", "ArchiveLocationID"):
                named.add(value)
    assert len(there) == len(set(there))
    assert named - set(there) == set()
    # what nothing refers to: the study, its version, datasets, tables and their results
    assert {oid.partition(".")[0] for oid in set(there) - named} <= {"STDY", "MDV", "IG", "RD", "AR"}


@pytest.mark.parametrize("standard", ["SDTMIG", "ADaMIG"])
def test_what_is_derived_has_a_method_and_what_is_copied_a_source(documents, standard):
    document, _ = documents[standard]
    methods = set(document.xpath("//odm:ItemRef[@MethodOID]/@ItemOID", namespaces=NAMES))
    derived = document.xpath("//odm:ItemDef[def:Origin/@Type='Derived']/@OID", namespaces=NAMES)
    assert set(derived) - methods == set()
    copied = document.xpath("//def:Origin[@Type='Predecessor']", namespaces=NAMES)
    assert all("." in "".join(origin.itertext()) for origin in copied)


@pytest.mark.parametrize("standard", ["SDTMIG", "ADaMIG"])
def test_the_data_are_as_the_document_says(documents, standard):
    document, own = documents[standard]
    items = {item.get("OID"): item for item in document.iterfind(".//odm:ItemDef", NAMES)}
    lists = {
        one.get("OID"): set(one.xpath("*/@CodedValue", namespaces=NAMES))
        for one in document.iterfind(".//odm:CodeList", NAMES)
        if one.find("odm:ExternalCodeList", NAMES) is None
    }
    for group in document.iterfind(".//odm:ItemGroupDef", NAMES):
        rows = own[group.get("Name")]
        assert [ref.get("ItemOID").rpartition(".")[2] for ref in group.iterfind("odm:ItemRef", NAMES)] == list(rows)
        for name in rows:
            item, values = items[f"IT.{group.get('Name')}.{name}"], rows[name].dropna()
            if item.get("DataType") == "text":
                assert (
                    values.astype("str").str.encode("utf-8").str.len().max() <= int(item.get("Length")) or values.empty
                )
            reference = item.find("odm:CodeListRef", NAMES)
            if reference is not None and reference.get("CodeListOID") in lists:
                assert set(values.astype("str")) <= lists[reference.get("CodeListOID")]


@pytest.mark.parametrize("standard", ["SDTMIG", "ADaMIG"])
def test_codelists_have_names_for_people(documents, standard):
    names = documents[standard][0].xpath("//odm:CodeList/@Name", namespaces=NAMES)
    assert len(names) == len(set(names))
    assert not [name for name in names if name.startswith("CL.")]
