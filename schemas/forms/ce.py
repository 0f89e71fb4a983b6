"""One row per clinical event of interest that is no adverse event."""

from schemas.forms.columns import code, date, form, identifier, record_id, text, time, topic

CE = form(
    "ce",
    "One row per clinical event of interest that is no adverse event.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    CESPID=record_id(),
    CETERM=topic("Event as reported or asked about"),
    CECAT=text("Category"),
    CESCAT=text("Subcategory"),
    CEPRESP=code("Asked about by name", "C66742"),
    CEOCCUR=code("Occurred", "C66742"),
    CEREASND=text("Reason why the question was not answered"),
    CESEV=code("Severity", "C165643"),
    CETOXGR=code("Grade, the number alone", ("1", "2", "3", "4", "5")),
    CEDAT=date("Date of collection"),
    CESTDAT=date("Start date"),
    CESTTIM=time("Start time"),
    CEENDAT=date("End date"),
    CEENTIM=time("End time"),
    CEONGO=code("Ongoing", "C66742"),
    COMMENT=text("Comment, which goes to CO"),
)
