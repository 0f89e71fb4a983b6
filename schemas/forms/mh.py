"""One row per condition in the subject's history."""

from schemas.forms.columns import code, date, form, identifier, record_id, text, topic

MH = form(
    "mh",
    "One row per condition in the subject's history.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    MHSPID=record_id(),
    MHTERM=topic("Condition as reported"),
    MHCAT=text("Category"),
    MHPRESP=code("Asked about by name", "C66742"),
    MHOCCUR=code("Occurred", "C66742"),
    MHDAT=date("Date of collection"),
    MHSTDAT=date("Start date"),
    MHENDAT=date("End date"),
    MHONGO=code("Ongoing at collection", "C66742"),
    COMMENT=text("Comment, which goes to CO"),
)
