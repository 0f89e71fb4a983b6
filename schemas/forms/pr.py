"""One row per procedure done or asked about."""

from schemas.forms.columns import code, date, form, identifier, number, record_id, text, time, topic

PR = form(
    "pr",
    "One row per procedure done or asked about.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    PRSPID=record_id(),
    PRTRT=topic("Procedure as reported"),
    PRDECOD=code("Procedure in standard words", "C101858"),
    PRCAT=text("Category"),
    PRSCAT=text("Subcategory"),
    PRPRESP=code("Asked about by name", "C66742"),
    PROCCUR=code("Done", "C66742"),
    PRINDC=text("Indication"),
    PRDOSE=number("Dose, e.g. of radiation", "", 0, 1e9),
    PRDOSU=code("Dose unit", "C71620"),
    PRLOC=code("Location", "C74456"),
    PRLAT=code("Side", "C99073"),
    VISIT=code("Visit", "visit"),
    PRSTDAT=date("Start date", needed=True),
    PRSTTIM=time("Start time"),
    PRENDAT=date("End date"),
    PRENTIM=time("End time"),
    PRONGO=code("Ongoing", "C66742"),
    COMMENT=text("Comment, which goes to CO"),
)
