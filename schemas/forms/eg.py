"""One row per ECG measurement or interpretation, time point and visit."""

from schemas.forms.columns import answer, code, date, form, identifier, number, record_id, text, time

EG = form(
    "eg",
    "One row per ECG measurement or interpretation, time point and visit.",
    SITEID=identifier("Site"),
    SUBJID=identifier("Subject within the site"),
    EGSPID=record_id(),
    EGREFID=text("Number of the ECG"),
    EGNAM=text("Reader's company"),
    VISIT=code("Visit", "visit", needed=True),
    EGDAT=date("Date of the ECG", needed=True),
    EGTIM=time("Time of the ECG"),
    EGTESTCD=code("Test (EGTESTCD)", "C71153", needed=True, whole_row=True),
    EGCAT=code("Category", "sponsor"),
    EGTPT=code("Planned time point", "sponsor"),
    EGTPTNUM=number("Planned time point, as a number", "", 0, 1e6),
    EGREPNUM=number("Number of the replicate", "", 1, 100),
    EGORRES=answer("Result as collected: a number, or words"),
    EGORRESU=code("Unit as collected", "C71620"),
    EGPOS=code("Position", "C71148"),
    EGMETHOD=code("Method", "C71151"),
    EGLEAD=code("Lead", "C90013"),
    EGEVAL=code("Evaluator", "C78735"),
    EGCLSIG=code("Clinically significant", "C66742"),
    COMMENT=text("Comment, which goes to CO"),
)
