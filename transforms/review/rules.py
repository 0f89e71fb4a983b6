"""The rule of an SDTM dataset in words: the first paragraph of the function that makes it."""

from __future__ import annotations

import inspect
from collections.abc import Callable

from transforms.sdtm import trial_design
from transforms.sdtm.ae import ae
from transforms.sdtm.ce import ce
from transforms.sdtm.cm import cm
from transforms.sdtm.co import co
from transforms.sdtm.dm import dm
from transforms.sdtm.ds import ds
from transforms.sdtm.ec import ec
from transforms.sdtm.eg import eg
from transforms.sdtm.ex import ex
from transforms.sdtm.famh import famh
from transforms.sdtm.ie import ie
from transforms.sdtm.lb import lb
from transforms.sdtm.mh import mh
from transforms.sdtm.pr import pr
from transforms.sdtm.qs import qs
from transforms.sdtm.questionnaires import questionnaire
from transforms.sdtm.relrec import relrec
from transforms.sdtm.rs import rs
from transforms.sdtm.sc import sc
from transforms.sdtm.se import se
from transforms.sdtm.supp import supp
from transforms.sdtm.sv import sv, visits
from transforms.sdtm.vs import vs

MADE_BY: dict[str, tuple[Callable, ...]] = {
    "AE": (ae,), "CE": (ce,), "CM": (cm,), "CO": (co,), "DM": (dm,), "DS": (ds,), "EC": (ec,), "EG": (eg,),
    "EX": (ex,), "FA": (famh,), "IE": (ie,), "LB": (lb,), "MH": (mh,), "PR": (pr,), "QS": (qs, questionnaire),
    "RELREC": (relrec,), "RS": (rs, questionnaire), "SC": (sc,), "SE": (se,), "SV": (sv, visits), "VS": (vs,),
    "TA": (trial_design.ta,), "TE": (trial_design.te,), "TI": (trial_design.ti,), "TS": (trial_design.ts,),
    "TV": (trial_design.tv,),
}  # fmt: skip


def functions(dataset: str, domain: str) -> tuple[Callable, ...]:
    """What makes a dataset."""
    return (supp,) if dataset.startswith("SUPP") else MADE_BY[domain]


def rule_of(dataset: str, domain: str) -> dict:
    """Words and file of the function that makes a dataset; where it has a helper that says more, of both."""
    made = functions(dataset, domain)
    return {
        "words": " ".join(paragraph(one) for one in made),
        "file": "transforms/" + "/".join(made[0].__module__.split(".")[1:]) + ".py",
    }


def paragraph(function: Callable) -> str:
    """The first paragraph of a docstring."""
    text = inspect.getdoc(function) or ""
    return " ".join(text.split("\n\n")[0].split())
