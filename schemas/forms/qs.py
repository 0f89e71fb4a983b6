"""One row per questionnaire filled in; its items stand beside each other in columns named by item number."""

from schemas.forms.columns import code, date, form, identifier, time

QS = form(
    "qs",
    "One row per questionnaire filled in; its items stand beside each other in columns named by item number.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    VISIT=code("Visit", "visit", needed=True),
    QSDAT=date("Date of completion", needed=True),
    QSTIM=time("Time of completion"),
)
