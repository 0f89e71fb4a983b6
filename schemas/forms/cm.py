"""One row per medication taken, and constant dosing of it."""

from schemas.forms.columns import code, date, form, identifier, number, record_id, text, topic

CM = form(
    "cm",
    "One row per medication taken, and constant dosing of it.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    CMSPID=record_id(),
    CMTRT=topic("Medication as reported"),
    CMCAT=text("Category"),
    CMINDC=text("Indication"),
    CMDOSE=number("Dose per administration", "", 0, 1e9),
    CMDOSU=code("Dose unit", "C71620"),
    CMDOSFRM=code("Dose form", "C66726"),
    CMDOSFRQ=code("Dosing frequency", "C71113"),
    CMROUTE=code("Route", "C66729"),
    CMSTDAT=date("Start date"),
    CMENDAT=date("End date"),
    CMONGO=code("Ongoing at the end of the study", "C66742"),
    COMMENT=text("Comment, which goes to CO"),
)
