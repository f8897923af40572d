"""Compares what came out with a file of the checkout, or writes the file anew."""

from pathlib import Path

ROOT = Path(__file__).parents[1]


def same_as(file: Path, text: str, update: bool) -> None:
    """The text is the file's; with --update the file becomes the text."""
    if update:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(text.encode("utf-8"))
    assert file.exists(), f"{file} is missing; pytest --update writes it"
    assert text == file.read_bytes().decode("utf-8"), f"{file} differs; pytest --update accepts the change"
