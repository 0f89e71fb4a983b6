"""One row per subject and eligibility criterion answered."""

from schemas.forms.columns import code, date, form, identifier

IE = form(
    "ie",
    "One row per subject and eligibility criterion answered.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    IETESTCD=code("Criterion (IETESTCD)", "criterion", needed=True, whole_row=True),
    IEORRES=code("Answer to the criterion", "C66742", needed=True, whole_row=True),
    IEDAT=date("Date of assessment", needed=True),
    VISIT=code("Visit", "visit"),
)
