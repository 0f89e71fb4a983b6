"""The worked example of docs/new-domain.md is the code."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "new-domain.md").read_text(encoding="utf-8")
FILES = ["schemas/forms/sc.py", "schemas/sdtm/sc.py", "transforms/sdtm/sc.py", "tests/transforms/sdtm/test_sc.py"]


def test_each_piece_of_code_stands_in_its_file():
    pieces = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    for file, piece in zip(FILES, pieces, strict=True):
        code = (ROOT / file).read_text(encoding="utf-8")
        shown = piece.split("    columns={...}")[0]  # the page leaves out what the IG's table says
        assert shown in code, file


def test_each_file_that_the_page_names_is_there():
    for file in re.findall(r"`((?:schemas|transforms|tests|standards)/[\w/]+\.(?:py|csv))`", PAGE):
        assert (ROOT / file).is_file(), file
