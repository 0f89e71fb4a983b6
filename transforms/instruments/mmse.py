"""Mini-Mental State Examination: attention and calculation, and the total (0 to 30).

Folstein, Folstein and McHugh, J Psychiatr Res 1975;12:189-198: one point for each right answer. Attention is
tested by serial sevens or by a word spelled backward; where both were done the better one counts. A test with an
item missing has no score, and without attention or with any other item missing there is no total.
"""

import pandas as pd

from transforms.instruments import instrument


def mmse_scores(items: pd.DataFrame) -> pd.DataFrame:
    """One record per examination: attention "04" and total "12" out of the items (numbers)."""
    kinds = instrument("MMSE").items["kind"]

    def points(kind: str) -> pd.Series:
        return items[kinds.index[kinds == kind]].sum(axis=1, skipna=False)

    attention = pd.concat([points("serial_sevens"), points("spelled_backward")], axis=1).max(axis=1)
    return pd.DataFrame({"04": attention, "12": points("point") + attention})
