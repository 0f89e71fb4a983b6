"""One row per protocol milestone or disposition event."""

from schemas.forms.columns import code, date, form, identifier, record_id, text, time, topic

DS = form(
    "ds",
    "One row per protocol milestone or disposition event.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    DSTERM=topic("Milestone or reason as reported"),
    DSDECOD=code(
        "Milestone or reason in standard words", ("C66727", "C114118", "C150811"), needed=True, whole_row=True
    ),
    DSCAT=code("Category", "C74558", needed=True),
    EPOCH=code("Period that ended", "C99079"),
    VISIT=code("Visit", "visit"),
    DSDAT=date("Date of collection"),
    DSTIM=time("Time of collection"),
    DSSTDAT=date("Date of the milestone or event", needed=True),
    DSSPID=record_id(),
    COMMENT=text("Comment, which goes to CO"),
)
