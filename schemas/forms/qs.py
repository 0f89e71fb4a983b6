"""One row per questionnaire filled in; its items in columns named by number, or one row per item."""

from schemas.forms.columns import answer, code, date, form, identifier, time

QS = form(
    "qs",
    "One row per questionnaire filled in; its items in columns named by number, or one row per item.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    VISIT=code("Visit", "visit", needed=True),
    QSDAT=date("Date of completion", needed=True),
    QSTIM=time("Time of completion"),
    QSTESTCD=code("Item (QSTESTCD), where each has a row of its own", "item", whole_row=True),
    QSORRES=answer("Answer as collected, where each item has a row of its own", needed=False),
    QSORRESU=code("Unit as collected", "C71620"),
)
