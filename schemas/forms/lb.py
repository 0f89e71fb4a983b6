"""One row per laboratory test, time point and visit."""

from schemas.forms.columns import answer, code, date, form, identifier, limit, number, record_id, text, time

LB = form(
    "lb",
    "One row per laboratory test, time point and visit.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    LBSPID=record_id(),
    LBREFID=text("Specimen ID"),
    LBNAM=text("Laboratory"),
    VISIT=code("Visit", "visit", needed=True),
    LBDAT=date("Date of specimen collection", needed=True),
    LBTIM=time("Time of specimen collection"),
    LBTESTCD=code("Test (LBTESTCD)", "C65047", needed=True, whole_row=True),
    LBCAT=code("Category, e.g. CHEMISTRY", "sponsor"),
    LBSCAT=code("Subcategory", "sponsor"),
    LBTPT=code("Planned time point", "sponsor"),
    LBTPTNUM=number("Planned time point, as a number", "", 0, 1e6),
    LBORRES=answer("Result as collected: a number, <5, >=100, or words"),
    LBORRESU=code("Unit as collected", "C71620"),
    LBORNRLO=limit("Lower limit of the reference range, in the unit of the result"),
    LBORNRHI=limit("Upper limit of the reference range, in the unit of the result"),
    LBSTNRC=text("Normal answers of a test answered in words, separated by ;"),
    LBNRIND=code("Against the reference range, in the laboratory's own words", "C78736"),
    LBSPEC=code("Specimen", "C78734"),
    LBSPCCND=code("Condition of the specimen", "C78733"),
    LBMETHOD=code("Method", "C85492"),
    LBFAST=code("Fasting", "C66742"),
    LBCLSIG=code("Clinically significant", "C66742"),
    LBLOINC=text("LOINC code"),
    COMMENT=text("Comment, which goes to CO"),
)
