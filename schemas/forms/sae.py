"""One row per serious event in the site's own line listing.

It is reconciled with the adverse event form, whose seriousness criteria it completes; it is never a record of
its own.
"""

from schemas.forms.columns import code, date, form, identifier, record_id, topic

SAE = form(
    "sae",
    "One row per serious event in the site's own line listing.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    SAESPID=record_id(),
    AETERM=topic("Event as listed"),
    AESTDAT=date("Start date", needed=True),
    SEX=code("Sex as listed", "C66731"),
    AESCONG=code("Congenital anomaly", "C66742"),
    AESDISAB=code("Disability", "C66742"),
    AESDTH=code("Results in death", "C66742"),
    AESHOSP=code("Hospitalisation", "C66742"),
    AESLIFE=code("Life-threatening", "C66742"),
    AESMIE=code("Other medically important", "C66742"),
    AEREL=code("Causality as listed", "sponsor"),
    AEOUT=code("Outcome as listed", "C66768"),
    AEENDAT=date("End date"),
    SAEDAT=date("Date of the report"),
)
