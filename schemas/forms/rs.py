"""One row per clinical classification done; its items in columns named by number, or one row per item."""

from schemas.forms.columns import answer, code, date, form, identifier, time

RS = form(
    "rs",
    "One row per clinical classification done; its items in columns named by number, or one row per item.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    VISIT=code("Visit", "visit", needed=True),
    RSDAT=date("Date of assessment", needed=True),
    RSTIM=time("Time of assessment"),
    RSEVAL=code("Evaluator", "C78735"),
    RSTESTCD=code("Item (RSTESTCD), where each has a row of its own", "item", whole_row=True),
    RSORRES=answer("Answer as collected, where each item has a row of its own", needed=False),
    RSORRESU=code("Unit as collected", "C71620"),
)
