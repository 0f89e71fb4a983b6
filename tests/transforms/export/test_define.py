import io
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest
from lxml import etree

from schemas.adam import DATASETS as ADAM
from schemas.sdtm import DATASETS as SDTM
from transforms.export.define import About, Display, Texts, date_type, described, text_facts, write_define
from transforms.export.xpt import text_lengths

SCHEMAS = SDTM | ADAM
NAMES = {
    "odm": "http://www.cdisc.org/ns/odm/v1.3",
    "def": "http://www.cdisc.org/ns/def/v2.1",
    "arm": "http://www.cdisc.org/ns/arm/v1.0",
}
XSD = Path(find_spec("odmlib").origin).parent / "schemas" / "arm" / "1.0-define2.1" / "arm1-0-0.xsd"
SDTMIG = About(
    "S1", "A pilot", "SDTMIG", "3.4", {"SDTM": "2025-03-28"}, {"MedDRA": "27.0"}, "2024-05-01T02:00:00Z", ("tm", "1")
)
ADAMIG = SDTMIG._replace(standard="ADaMIG", version="1.3", terminology={"SDTM": "2025-03-28", "ADaM": "2025-03-28"})


def frame(**columns):
    return pd.DataFrame(
        {
            name: pd.Categorical(values) if any(isinstance(value, str) for value in values) else values
            for name, values in columns.items()
        }
    )


SUBJECTS = {"STUDYID": ["S1"] * 4, "USUBJID": ["S1-1", "S1-1", "S1-2", "S1-2"]}
QS = frame(
    **SUBJECTS,
    QSSEQ=[1, 2, 1, 2],
    QSTESTCD=["DLQI101", "DLQI111", "DLQI101", "DLQI111"],
    QSTEST=["Itchy", "Total", "Itchy", "Total"],
    QSCAT=["DLQI"] * 4,
    QSORRES=["Very much", "25.5", "A little", "7"],
    QSDTC=["2020-05-09", "2020-05-09", "2020-05", "2020-05"],
)
DM = frame(STUDYID=["S1"], USUBJID=["S1-1"], SEX=["F"], AGE=[50], RFSTDTC=["2020-05-09T08:30"], DTHFL=["Y"])
ADQS = frame(
    **SUBJECTS,
    PARAM=["Total"] * 4,
    PARAMCD=["DLQITOT"] * 4,
    ADT=pd.to_datetime(["2020-05-09"] * 4),
    AVAL=[25.5, 7.0, 10.0, 0.25],
)


def define(about, frames, pages=None, documents=None, **texts):
    """The document, valid by the published XSDs."""
    lengths = text_lengths(frames.items())
    datasets = [described(rows, SCHEMAS[name], lengths[name]) for name, rows in frames.items()]
    file = io.BytesIO()
    write_define(about, datasets, file, Texts(**texts), pages=pages, documents=documents)
    document = etree.fromstring(file.getvalue())
    schema = etree.XMLSchema(etree.parse(XSD))
    assert schema.validate(document), schema.error_log
    return document


def one(document, path):
    (found,) = document.xpath(path, namespaces=NAMES)
    return found


def item(document, oid):
    return one(document, f"//odm:ItemDef[@OID='{oid}']")


def test_a_dataset_has_its_keys_its_structure_and_its_file():
    document = define(SDTMIG, {"DM": DM, "QS": QS})
    demographics, answers = document.xpath("//odm:ItemGroupDef", namespaces=NAMES)
    assert (demographics.get("Repeating"), answers.get("Repeating")) == ("No", "Yes")
    assert answers.get(f"{{{NAMES['def']}}}Structure") == (
        "One record per questionnaire per question per time point per visit per subject"
    )
    keys = {
        ref.get("ItemOID"): ref.get("KeySequence")
        for ref in answers.xpath("odm:ItemRef[@KeySequence]", namespaces=NAMES)
    }
    assert keys == {
        "IT.QS.STUDYID": "1",
        "IT.QS.USUBJID": "2",
        "IT.QS.QSCAT": "3",
        "IT.QS.QSTESTCD": "4",
        "IT.QS.QSDTC": "5",
    }
    assert one(answers, "def:leaf").get("{http://www.w3.org/1999/xlink}href") == "qs.xpt"


def test_every_oid_that_is_named_is_there():
    document = define(SDTMIG, {"DM": DM, "QS": QS}, methods={("DM", "AGE"): ("AGE", "Completed years.")})
    named, there = set(), set()
    for element in document.iter():
        for name, value in element.attrib.items():
            local = etree.QName(name).localname
            if local in ("OID", "ID"):
                assert value not in there
                there.add(value)
            elif local.endswith("OID") and local != "FileOID" or local in ("leafID", "ArchiveLocationID"):
                named.add(value)
    assert named - there == set()


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["2020-05-09"], "date"),
        (["2020-05-09T08:30"], "datetime"),
        (["2020-05-09", "2020-05"], "partialDate"),
        (["2020-05-09", "2020---09"], "incompleteDate"),
        (["2020-05-09T08:30", "2020-05-09"], "partialDatetime"),
        (["2020-05-09T08:30", "2020-05--T08:30"], "incompleteDatetime"),
        (["2020-05-09/2020-05-10"], "intervalDatetime"),
    ],
)
def test_a_date_is_called_what_all_its_values_are(texts, kind):
    assert date_type(texts) == kind


@pytest.mark.parametrize(
    ("texts", "facts"),
    [
        (["1", "-12"], ("integer", 3, None)),
        (["1", "2.25", "0.5"], ("float", 4, 2)),
        (["1", "<2"], ("text", 2, None)),
        (["Y", "NOT DONE"], ("text", 8, None)),
    ],
)
def test_a_result_is_a_number_only_where_every_value_is_one(texts, facts):
    assert text_facts(texts)[:3] == facts


def test_a_result_is_described_for_each_test_under_a_composite_where_clause():
    document = define(SDTMIG, {"QS": QS})
    values = one(document, "//def:ValueListDef[@OID='VL.QS.QSORRES']")
    assert [ref.get("ItemOID") for ref in values] == ["IT.QS.QSORRES.DLQI.DLQI101", "IT.QS.QSORRES.DLQI.DLQI111"]
    clause = one(document, "//def:WhereClauseDef[@OID='WC.QS.DLQI.DLQI111']")
    said = [(check.get(f"{{{NAMES['def']}}}ItemOID"), check[0].text) for check in clause]
    assert said == [("IT.QS.QSCAT", "DLQI"), ("IT.QS.QSTESTCD", "DLQI111")]
    total = item(document, "IT.QS.QSORRES.DLQI.DLQI111")
    assert (total.get("DataType"), total.get("Length"), total.get("SignificantDigits")) == ("float", "4", "1")
    itchy = item(document, "IT.QS.QSORRES.DLQI.DLQI101")
    terms = document.xpath(f"//odm:CodeList[@OID='{itchy[0].get('CodeListOID')}']/*/@CodedValue", namespaces=NAMES)
    assert terms == ["A little", "Very much"]


def test_a_codelist_holds_the_terms_that_occur_with_their_codes_and_meanings():
    document = define(SDTMIG, {"DM": DM})
    sex = one(document, "//odm:CodeList[@OID='CL.DM.SEX']")
    assert (sex.get("Name"), sex.get(f"{{{NAMES['def']}}}StandardOID")) == ("Sex", "STD.CT.SDTM")
    assert sex.xpath("odm:Alias/@Name", namespaces=NAMES) == ["C66731"]
    female = one(sex, "odm:CodeListItem")
    assert (female.get("CodedValue"), female.xpath("odm:Alias/@Name", namespaces=NAMES)) == ("F", ["C16576"])
    assert "".join(female.itertext()).strip() == "Female"


def test_a_term_that_no_package_has_is_an_extension():
    rows = QS.assign(QSCAT=pd.Categorical(["PRURITUS VAS"] * 4))
    document = define(SDTMIG, {"QS": rows})
    term = one(document, "//odm:CodeList[@OID='CL.QS.QSCAT']/odm:EnumeratedItem")
    assert (term.get("CodedValue"), term.get(f"{{{NAMES['def']}}}ExtendedValue")) == ("PRURITUS VAS", "Yes")


def test_a_derived_variable_has_its_method_and_a_copied_one_its_source():
    document = define(
        ADAMIG,
        {"ADQS": ADQS},
        methods={("ADQS", "ADT"): ("ADQS", "The score.")},
        predecessors={("ADQS", "STUDYID"): "ADSL.STUDYID"},
    )
    assert one(document, "//odm:ItemRef[@ItemOID='IT.ADQS.ADT']").get("MethodOID") == "MT.ADQS"
    assert "".join(one(document, "//odm:MethodDef").itertext()).strip() == "The score."
    origin = one(item(document, "IT.ADQS.STUDYID"), "def:Origin")
    assert (origin.get("Type"), "".join(origin.itertext()).strip()) == ("Predecessor", "ADSL.STUDYID")


def test_a_date_of_adam_is_a_number_shown_as_a_date():
    day = item(define(ADAMIG, {"ADQS": ADQS}), "IT.ADQS.ADT")
    assert (day.get("DataType"), day.get(f"{{{NAMES['def']}}}DisplayFormat")) == ("integer", "DATE9.")


def test_an_analysis_table_names_its_variables_and_its_program():
    used = {"ADQS": ["PARAMCD", "AVAL"]}
    shown = Display(
        "response", "Responders", "Those who improved.", "SELECT 1", used, purpose="PRIMARY OUTCOME MEASURE"
    )
    document = define(ADAMIG, {"ADQS": ADQS}, displays=[shown])
    used = document.xpath("//arm:AnalysisVariable/@ItemOID", namespaces=NAMES)
    assert used == ["IT.ADQS.PARAMCD", "IT.ADQS.AVAL"]
    assert one(document, "//arm:Code").text == "SELECT 1"
    assert one(document, "//arm:AnalysisResult").get("AnalysisPurpose") == "PRIMARY OUTCOME MEASURE"


def test_documents_are_named_and_linked():
    documents = {"acrf.pdf": "Annotated CRF", "csdrg.pdf": "Reviewer's Guide"}
    document = define(SDTMIG, {"DM": DM}, documents=documents, pages={("DM", "SEX"): [2, 3]})
    assert one(document, "//def:AnnotatedCRF/def:DocumentRef").get("leafID") == "LF.acrf.pdf"
    assert one(document, "//def:SupplementalDoc/def:DocumentRef").get("leafID") == "LF.csdrg.pdf"
    assert one(item(document, "IT.DM.SEX"), ".//def:PDFPageRef").get("PageRefs") == "2 3"
