"""Neuropsychiatric Inventory, total over nine domains (NPI-X).

Cummings et al., Neurology 1994;44:2308-2314: a domain scores frequency (1-4) x severity (1-3), and 0 where the
behaviour is absent; distress of the caregiver counts in no score. The total over nine domains leaves out 06
euphoria, 11 night-time behaviour and 12 appetite; as in the CDISC pilot study they score 0.
"""

import numpy as np
import pandas as pd

DOMAINS = [f"{n:02}" for n in range(1, 13)]
NOT_COUNTED = ("06", "11", "12")


def npi_x_scores(items: pd.DataFrame) -> pd.DataFrame:
    """One record per interview: the score of each domain ("01S" to "12S") and the total "TOT". Frequency, severity
    and presence are numbers (present 1, absent 0). A domain that is not answered leaves no total."""
    scores = {}
    for domain in DOMAINS:
        score = (items[f"{domain}F"] * items[f"{domain}V"]).mask(items[domain] == 0, 0)
        scores[f"{domain}S"] = score.where(score.isna(), 0) if domain in NOT_COUNTED else score
    counted = pd.DataFrame({name: score for name, score in scores.items() if name[:2] not in NOT_COUNTED})
    return pd.DataFrame(scores | {"TOT": counted.sum(axis=1, skipna=False)})


def npi_x_asked(told: dict[str, np.ndarray], present: dict[str, np.ndarray], item: str) -> np.ndarray:
    """One record per interview: True where the item was to be answered. `told` is True where an item has an answer,
    `present` where it says that the behaviour is there.

    Frequency, severity and distress are asked about a behaviour that is there; a site that records only absence
    tells of presence by answering them."""
    domain, no = item[:2], np.zeros(len(told[item]), dtype=bool)
    details = np.logical_or.reduce([told.get(f"{domain}{part}", no) for part in "FVD"])
    return ~details if item == domain else details | present.get(domain, no)
