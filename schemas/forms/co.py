"""One row per comment on a subject, written on a page of its own."""

from schemas.forms.columns import code, date, form, identifier, text, topic

CO = form(
    "co",
    "One row per comment on a subject, written on a page of its own.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    COVAL=topic("Comment"),
    COREF=text("What it refers to: page, section"),
    COEVAL=code("Who wrote it", "C78735"),
    CODAT=date("Date of the comment"),
)
