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
    document = define(SDTMIG, {"QS": QS}, answers={("QS", "DLQI101"): ("A little", "Very much")})
    values = one(document, "//def:ValueListDef[@OID='VL.QS.QSORRES']")
    assert [ref.get("ItemOID") for ref in values] == ["IT.QS.QSORRES.DLQI.DLQI101", "IT.QS.QSORRES.DLQI.DLQI111"]
    clause = one(document, "//def:WhereClauseDef[@OID='WC.QS.DLQI.DLQI111']")
    said = [(check.get(f"{{{NAMES['def']}}}ItemOID"), check[0].text) for check in clause]
    assert said == [("IT.QS.QSCAT", "DLQI"), ("IT.QS.QSTESTCD", "DLQI111")]
    total = item(document, "IT.QS.QSORRES.DLQI.DLQI111")
    assert (total.get("DataType"), total.get("Length"), total.get("SignificantDigits")) == ("float", "4", "1")
    itchy = item(document, "IT.QS.QSORRES.DLQI.DLQI101")
    oid = itchy.find("odm:CodeListRef", NAMES).get("CodeListOID")
    terms = document.xpath(f"//odm:CodeList[@OID='{oid}']/*/@CodedValue", namespaces=NAMES)
    assert terms == ["A little", "Very much"]


def test_a_variable_with_value_level_metadata_is_described_itself():
    document = define(SDTMIG, {"QS": QS})
    result = item(document, "IT.QS.QSORRES")
    assert (result.get("DataType"), result.get("Length")) == ("text", "9")
    assert result.find("def:Origin", NAMES).get("Type") == "Collected"
    lists = document.xpath("//def:ValueListDef/@OID", namespaces=NAMES)
    assert lists == [reference.get("ValueListOID") for reference in document.iterfind(".//def:ValueListRef", NAMES)]


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


RESPONSE = Display(
    "response",
    "Responders",
    "Those who improved.",
    "SELECT 1",
    [("ADQS", ["PARAMCD", "AVAL"], [("PARAMCD", "EQ", ["DLQITOT"]), ("AVAL", "GE", ["0"])])],
    purpose="PRIMARY OUTCOME MEASURE",
)


def test_an_analysis_table_names_its_variables_its_records_and_its_program():
    document = define(ADAMIG, {"ADQS": ADQS}, displays=[RESPONSE])
    used = document.xpath("//arm:AnalysisVariable/@ItemOID", namespaces=NAMES)
    assert used == ["IT.ADQS.PARAMCD", "IT.ADQS.AVAL"]
    assert one(document, "//arm:Code").text == "SELECT 1"
    result = one(document, "//arm:AnalysisResult")
    assert (result.get("AnalysisPurpose"), result.get("ParameterOID")) == (
        "PRIMARY OUTCOME MEASURE",
        "IT.ADQS.PARAMCD",
    )
    where = one(result, ".//def:WhereClauseRef").get("WhereClauseOID")
    checks = document.xpath(f"//def:WhereClauseDef[@OID='{where}']/odm:RangeCheck", namespaces=NAMES)
    assert [(check.get("Comparator"), check[0].text) for check in checks] == [("EQ", "DLQITOT"), ("GE", "0")]


def test_a_table_that_reads_a_dataset_twice_has_two_results():
    twice = RESPONSE._replace(used=[("ADQS", ["AVAL"], [("PARAMCD", "EQ", [name])]) for name in ("A", "B")])
    document = define(ADAMIG, {"ADQS": ADQS}, displays=[twice])
    said = document.xpath("//arm:AnalysisResult/odm:Description/odm:TranslatedText/text()", namespaces=NAMES)
    assert said == ["Responders: PARAMCD A", "Responders: PARAMCD B"]


def test_a_program_that_has_a_file_is_linked():
    display = RESPONSE._replace(programs=("../programs/response.txt",))
    document = define(ADAMIG, {"ADQS": ADQS}, displays=[display])
    assert document.xpath("//arm:Code", namespaces=NAMES) == []
    link = one(document, "//arm:ProgrammingCode/def:DocumentRef").get("leafID")
    leaf = one(document, f"//def:leaf[@ID='{link}']")
    assert leaf.get("{http://www.w3.org/1999/xlink}href") == "../programs/response.txt"


def test_an_analysis_table_of_a_dataset_that_is_not_there_is_left_out():
    elsewhere = RESPONSE._replace(used=[("ADAE", ["AETERM"], [])])
    document = define(ADAMIG, {"ADQS": ADQS}, displays=[elsewhere])
    assert document.xpath("//arm:AnalysisResultDisplays", namespaces=NAMES) == []


def test_documents_are_named_and_linked():
    documents = {"acrf.pdf": "Annotated CRF", "csdrg.pdf": "Reviewer's Guide"}
    document = define(SDTMIG, {"DM": DM}, documents=documents, pages={("DM", "SEX"): [2, 3]})
    assert one(document, "//def:AnnotatedCRF/def:DocumentRef").get("leafID") == "LF.acrf.pdf"
    assert one(document, "//def:SupplementalDoc/def:DocumentRef").get("leafID") == "LF.csdrg.pdf"
    assert one(item(document, "IT.DM.SEX"), ".//def:PDFPageRef").get("PageRefs") == "2 3"


def test_a_part_of_a_split_domain_has_the_domains_own_name_as_alias():
    famh = frame(**SUBJECTS, DOMAIN=["FA"] * 4, FATESTCD=["BSAAFCTP"] * 4, FAORRES=["1", "2", "3", "4"])
    alias = one(define(SDTMIG, {"FAMH": famh}), "//odm:ItemGroupDef/odm:Alias")
    assert (alias.get("Context"), alias.get("Name")) == ("DomainDescription", "Findings About Events or Interventions")


def test_the_class_of_an_adverse_event_dataset_has_its_subclass():
    adae = frame(STUDYID=["S1"], USUBJID=["S1-1"], AESEQ=[1], AETERM=["Fever"])
    kind = one(define(ADAMIG, {"ADAE": adae}), "//def:Class")
    assert (kind.get("Name"), kind[0].get("Name")) == ("OCCURRENCE DATA STRUCTURE", "ADVERSE EVENT")


def test_what_has_no_value_and_what_has_no_record_says_so():
    document = define(SDTMIG, {"DM": DM.assign(DTHDTC=pd.Categorical([None], ["2020"])), "QS": QS.iloc[:0]})
    there = one(document, "//odm:ItemRef[@ItemOID='IT.DM.DTHDTC']")
    assert there.get(f"{{{NAMES['def']}}}HasNoData") == "Yes"
    assert one(document, "//odm:ItemGroupDef[@Name='QS']").get(f"{{{NAMES['def']}}}HasNoData") == "Yes"
    words = document.xpath("//def:CommentDef//odm:TranslatedText/text()", namespaces=NAMES)
    assert words == [
        "No record of the study has a value.",
        "Nothing was collected that belongs here: the dataset has no records.",
    ]


def test_a_coded_term_refers_to_its_dictionary_and_a_code_to_the_numbers_of_it():
    ae = frame(STUDYID=["S1"], USUBJID=["S1-1"], AETERM=["hot"], AEDECOD=["Pyrexia"], AEPTCD=[10037660])
    coded = {("AE", "AEDECOD"): "MedDRA", ("AE", "AEPTCD"): "MedDRA"}
    document = define(SDTMIG, {"AE": ae}, dictionaries=coded)
    for variable, kind in (("AEDECOD", "text"), ("AEPTCD", "integer")):
        oid = item(document, f"IT.AE.{variable}").find("odm:CodeListRef", NAMES).get("CodeListOID")
        found = one(document, f"//odm:CodeList[@OID='{oid}']")
        assert (found.get("DataType"), found[0].get("Dictionary"), found[0].get("Version")) == (kind, "MedDRA", "27.0")


def test_who_gave_a_value_is_said_for_each_questionnaire_and_for_the_variable_that_holds_all():
    who = {("QS", ""): ("Subject", "Investigator"), ("QS", "DLQI"): ("Subject",)}
    document = define(SDTMIG, {"QS": QS}, sources=who)

    def sources(oid):
        return [origin.get("Source") for origin in item(document, oid).findall("def:Origin", NAMES)]

    assert sources("IT.QS.QSORRES.DLQI.DLQI101") == ["Subject"]
    assert sources("IT.QS.QSORRES") == ["Subject", "Investigator"]


def test_a_text_that_comes_again_and_again_is_from_a_list_and_another_is_free():
    rows = frame(
        STUDYID=["S1"] * 6,
        USUBJID=["S1-1"] * 6,
        FATESTCD=["OCCUR"] * 3 + ["NOTE"] * 3,
        FAORRES=["SEEN", "SEEN", "SEEN", "one", "two", "three"],
    )
    document = define(SDTMIG, {"FAMH": rows})
    assert item(document, "IT.FAMH.FAORRES.OCCUR").find("odm:CodeListRef", NAMES) is not None
    assert item(document, "IT.FAMH.FAORRES.NOTE").find("odm:CodeListRef", NAMES) is None


def test_a_list_of_answers_holds_those_that_nobody_chose():
    document = define(SDTMIG, {"QS": QS}, answers={("QS", "DLQI101"): ("A little", "Not at all")})
    oid = item(document, "IT.QS.QSORRES.DLQI.DLQI101").find("odm:CodeListRef", NAMES).get("CodeListOID")
    found = one(document, f"//odm:CodeList[@OID='{oid}']")
    assert found.get("Name") == "Results of Itchy"
    assert found.xpath("*/@CodedValue", namespaces=NAMES) == ["A little", "Not at all", "Very much"]


def test_texts_that_differ_in_signs_alone_have_oids_of_their_own():
    rows = QS.assign(QSCAT=pd.Categorical(["A-B", "A-B", "A B", "A B"]))
    document = define(SDTMIG, {"QS": rows})
    oids = document.xpath("//def:ValueListDef/odm:ItemRef/@ItemOID", namespaces=NAMES)
    assert oids[:2] == ["IT.QS.QSORRES.A_B.DLQI101", "IT.QS.QSORRES.A_B.DLQI111"]
    assert oids[2:] == ["IT.QS.QSORRES.A_B.DLQI101.2", "IT.QS.QSORRES.A_B.DLQI111.2"]


def test_the_same_words_are_one_comment():
    document = define(SDTMIG, {"DM": DM}, comments={"DM.SEX": "As entered.", "DM.AGE": "As entered."})
    used = [item(document, f"IT.DM.{name}").get(f"{{{NAMES['def']}}}CommentOID") for name in ("SEX", "AGE")]
    assert used == ["COM.DM.SEX", "COM.DM.SEX"]


def test_flags_refer_to_the_no_yes_list_whether_n_occurs_or_not():
    adsl = frame(STUDYID=["S1"], USUBJID=["S1-1"], SAFFL=["Y"])
    document = define(ADAMIG, {"ADSL": adsl})
    found = one(document, "//odm:CodeList")
    assert found.xpath("odm:Alias/@Name", namespaces=NAMES) == ["C66742"]
    assert found.xpath("odm:CodeListItem/@CodedValue", namespaces=NAMES) == ["N", "Y"]


def test_the_free_text_of_a_qualifier_is_no_list_and_a_derived_one_has_its_method():
    rows = frame(
        **SUBJECTS,
        RDOMAIN=["AE"] * 4,
        QNAM=["AETERMOR", "AETERMOR", "AETERMOR", "AETRTEM"],
        QLABEL=["Original", "Original", "Original", "Emergent"],
        QVAL=["heiss", "heiss", "heiss", "Y"],
        QORIG=["CRF", "CRF", "CRF", "DERIVED"],
    )
    document = define(SDTMIG, {"SUPPAE": rows}, methods={("SUPPAE", "AETRTEM"): ("AETRTEM", "After the first dose.")})
    assert item(document, "IT.SUPPAE.QVAL.AETERMOR").find("odm:CodeListRef", NAMES) is None
    assert one(document, "//odm:ItemRef[@ItemOID='IT.SUPPAE.QVAL.AETRTEM']").get("MethodOID") == "MT.AETRTEM"
    assert item(document, "IT.SUPPAE.QVAL.AETRTEM").find("def:Origin", NAMES).get("Type") == "Derived"
    assert item(document, "IT.SUPPAE.QVAL").find("def:Origin", NAMES) is None
