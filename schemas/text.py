"""One folder of shipped text: `sql`, `standards` or `studies`.

In a checkout the folders lie beside the packages; a wheel carries them inside this one, as `schemas/_text`,
so that no top-level name but flows, schemas and transforms is ever installed.
"""

from pathlib import Path

HERE = Path(__file__).parent


def text_folder(name: str) -> Path:
    installed = HERE / "_text"
    return (installed if installed.is_dir() else HERE.parent) / name
