"""One row per clinical classification done; its items stand side by side in columns named by item number."""

from schemas.forms.columns import code, date, form, identifier, time

RS = form(
    "rs",
    "One row per clinical classification done; its items stand side by side in columns named by item number.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    VISIT=code("Visit", "visit", needed=True),
    RSDAT=date("Date of assessment", needed=True),
    RSTIM=time("Time of assessment"),
    RSEVAL=code("Evaluator", "C78735"),
)
