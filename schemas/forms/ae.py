"""One row per adverse event."""

from schemas.forms.columns import code, date, form, identifier, record_id, text, time, topic

AE = form(
    "ae",
    "One row per adverse event.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    AESPID=record_id(),
    AETERM=topic("Event as reported"),
    AESTDAT=date("Start date", needed=True),
    AESTTIM=time("Start time"),
    AEENDAT=date("End date"),
    AEENTIM=time("End time"),
    AEONGO=code("Ongoing", "C66742"),
    AESEV=code("Severity", "C66769"),
    AETOXGR=code("Grade, the number alone", ("1", "2", "3", "4", "5")),
    AESER=code("Serious", "C66742", needed=True),
    AEREL=code("Causality in the sponsor's words", "sponsor", needed=True),
    AEACN=code("Action taken with study treatment", "C66767"),
    AEACNOTH=text("Other action taken"),
    AEOUT=code("Outcome", "C66768"),
    AESCONG=code("Congenital anomaly", "C66742"),
    AESDISAB=code("Disability", "C66742"),
    AESDTH=code("Results in death", "C66742"),
    AESHOSP=code("Hospitalisation", "C66742"),
    AESLIFE=code("Life-threatening", "C66742"),
    AESMIE=code("Other medically important", "C66742"),
    AECONTRT=code("Concomitant treatment given", "C66742"),
    COMMENT=text("Comment, which goes to CO"),
)
