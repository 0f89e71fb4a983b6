"""One row per finding about an event or intervention and visit."""

from schemas.forms.columns import code, date, form, identifier, result, time, topic

FA = form(
    "fa",
    "One row per finding about an event or intervention and visit.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    VISIT=code("Visit", "visit", needed=True),
    FADAT=date("Date of assessment", needed=True),
    FATIM=time("Time of assessment"),
    FATESTCD=code("Test (FATESTCD)", "C101832", needed=True, whole_row=True),
    FATEST=code("Test name", "C101833", needed=True, whole_row=True),
    FAOBJ=topic("Object of the finding: the term of the parent record"),
    FAORRES=result("Result as collected"),
    FAORRESU=code("Unit as collected", "C71620"),
    FALOC=code("Location", "C74456"),
    FAMETHOD=code("Method", "C85492"),
    FAEVAL=code("Evaluator", "C78735"),
)
