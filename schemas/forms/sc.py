"""One row per characteristic of a subject."""

from schemas.forms.columns import answer, code, date, form, identifier, record_id, text

SC = form(
    "sc",
    "One row per characteristic of a subject.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    SCSPID=record_id(),
    SCDAT=date("Date of collection"),
    SCTESTCD=code("Characteristic (SCTESTCD)", "C74559", needed=True, whole_row=True),
    SCCAT=text("Category"),
    SCORRES=answer("Answer as collected"),
    SCORRESU=code("Unit as collected", "C71620"),
    COMMENT=text("Comment, which goes to CO"),
)
