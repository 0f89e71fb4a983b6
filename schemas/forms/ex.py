"""One row per administration of study treatment."""

from schemas.forms.columns import code, date, form, identifier, number, record_id, text, time, topic

EX = form(
    "ex",
    "One row per administration of study treatment.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    EXSPID=record_id(),
    VISIT=code("Visit", "visit"),
    EXTRT=topic("Treatment"),
    EXDOSE=number("Dose given", "", 0, 1e9, needed=True),
    EXDOSU=code("Dose unit", "C71620", needed=True),
    EXDOSFRM=code("Dose form", "C66726", needed=True),
    EXDOSFRQ=code("Dosing frequency", "C71113"),
    EXROUTE=code("Route", "C66729"),
    EXLOT=text("Lot number"),
    EXADJ=text("Reason for dose adjustment"),
    EXSTDAT=date("Start date", needed=True),
    EXSTTIM=time("Start time"),
    EXENDAT=date("End date"),
    EXENTIM=time("End time"),
    EXWEIGHT=number("Body weight used for the dose", "kg", 1, 400),
    EXPDOSE=number("Dose planned", "", 0, 1e9),
    COMMENT=text("Comment, which goes to CO"),
)
