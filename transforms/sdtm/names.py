"""The names that belong to short codes: VSTEST to VSTESTCD, TSPARM to TSPARMCD."""

from functools import cache

from transforms.instruments import _terms


@cache
def name_of(codes: str, names: str) -> dict[str, str]:
    """Code -> name, from two codelists that hold the same concepts under the same NCI codes."""
    terms = _terms()
    pairs = terms.loc[codes].merge(terms.loc[names], on="term_code")
    return dict(zip(pairs["submission_value_x"], pairs["submission_value_y"], strict=True))
