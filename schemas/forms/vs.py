"""One row per vital sign, time point and visit."""

from schemas.forms.columns import code, date, form, identifier, number, result, text, time

VS = form(
    "vs",
    "One row per vital sign, time point and visit.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    VISIT=code("Visit", "visit", needed=True),
    VSDAT=date("Date of measurement", needed=True),
    VSTIM=time("Time of measurement"),
    VSTESTCD=code("Test (VSTESTCD)", "C66741", needed=True, whole_row=True),
    VSTPT=code("Planned time point", "sponsor"),
    VSTPTNUM=number("Planned time point, as a number", "", 0, 1e6),
    VSORRES=result("Result as collected"),
    VSORRESU=code("Unit as collected", "C66770", needed=True),
    VSPOS=code("Position", "C71148"),
    VSLOC=code("Location", "C74456"),
    COMMENT=text("Comment, which goes to CO"),
)
