"""One row per subject screened."""

from schemas.forms.columns import code, date, form, identifier, number, text

DM = form(
    "dm",
    "One row per subject screened.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    RFICDAT=date("Date of informed consent", needed=True),
    ARMCD=code("Arm assigned, or the reason why there is none (ARMNRS)", "arm", needed=True, whole_row=True),
    ACTARMCD=code("Arm in which the subject was treated, or the reason why there is none", "arm"),
    BRTHDAT=date("Date of birth"),
    AGE=number("Age at consent", "years", 0, 120),
    SEX=code("Sex", "C66731", needed=True, whole_row=True),
    RACE=code("Race", "C74457", needed=True, whole_row=True),
    ETHNIC=code("Ethnicity", "C66790"),
    COUNTRY=code("Country, ISO 3166-1 alpha-3", "sponsor", needed=True, whole_row=True),
    DMDAT=date("Date of collection"),
    COMMENT=text("Comment, which goes to CO"),
)
