"""The grammars: compiled once, their tables kept for the next start."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
import time
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from typing import BinaryIO, TypeVar

import lark
from lark import Lark
from lark.common import LexerConf
from lark.lexer import ContextualLexer

_A_MONTH = 30 * 24 * 3600.0
_PACKAGED = Path(__file__).parent / "grammars"
FOLDER = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parents[2] / "grammars"  # the wheel's, or the checkout's


Table = TypeVar("Table", Lark, dict[str, str])


@cache
def grammar(name: str) -> Lark:
    """The compiled grammar `name`.lark (LALR, contextual lexer, every rule a possible start of its own `start`)."""
    return _kept(name, _read_parser) or _compile(name)


@cache
def terminals(name: str) -> dict[str, str]:
    """The terminals of a grammar as regular expressions, for readers that look for one mark in running text."""
    return _kept(name, _read_terminals) or _expressions(grammar(name))


def _expressions(compiled: Lark) -> dict[str, str]:
    return {terminal.name: terminal.pattern.to_regexp() for terminal in compiled.terminals}


def _compile(name: str) -> Lark:
    compiled = Lark.open(
        str(FOLDER / f"{name}.lark"),
        parser="lalr",
        propagate_positions=False,
        maybe_placeholders=False,
        _plugins={"ContextualLexer": _Unchecked},
    )
    tables = _tables(name)
    if tables:
        _keep(compiled, tables)
    return compiled


class _Unchecked(ContextualLexer):
    """Does not compare every terminal with every other: where interegular is installed that takes seconds."""

    def __init__(
        self, conf: LexerConf, states: dict[int, Collection[str]], always_accept: Collection[str] = ()
    ) -> None:
        conf.skip_validation = True  # the tests compile each grammar strictly
        super().__init__(conf, states, always_accept)


# ------------------------------------------------------------------------------------------------ kept tables


def _kept(name: str, read: Callable[[BinaryIO], Table]) -> Table | None:
    """What `read` finds in the kept tables; None where there are none or they cannot be read (they are made again)."""
    tables = _tables(name)
    if tables is None or not _ours(tables):
        return None
    try:
        with tables.open("rb") as file:
            return read(file)
    except Exception:  # a damaged pickle raises nearly anything, and the grammar itself is always at hand
        return None


# The terminals come first, so that a reader of marks need not build the parser behind them.
def _read_terminals(file: BinaryIO) -> dict[str, str]:
    expressions: dict[str, str] = pickle.load(file)
    return expressions


def _read_parser(file: BinaryIO) -> Lark:
    pickle.load(file)
    return Lark.load(file)


def _keep(compiled: Lark, tables: Path) -> None:
    """Write the tables whole or not at all; a cache that cannot be written is no reason to fail."""
    import tempfile  # rarely needed, and it takes longer to load than all tables

    buffer = io.BytesIO()
    pickle.dump(_expressions(compiled), buffer)
    compiled.save(buffer)
    try:
        with tempfile.NamedTemporaryFile(dir=tables.parent, delete=False) as file:
            file.write(buffer.getvalue())
        Path(file.name).replace(tables)
        _forget_old(tables.parent)
    except OSError:
        return


def _forget_old(folder: Path) -> None:
    """Tables that no version has made or needed for a month go; several versions may share the folder."""
    for tables in folder.glob("*.tables"):
        if time.time() - tables.stat().st_mtime > _A_MONTH:
            tables.unlink(missing_ok=True)


def _tables(name: str) -> Path | None:
    folder = _folder()
    return folder / f"{name}-{_key()}.tables" if folder else None


@cache
def _key() -> str:
    """Changes with the text of any grammar (one may import another), with what is kept, and with what made it."""
    digest = hashlib.sha256(f"terminals, parser {lark.__version__} {sys.version}".encode())
    for path in sorted(FOLDER.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


@cache
def _folder() -> Path | None:
    """The user's own cache folder, mode 0700; None where there is none to be trusted."""
    home = os.environ.get("XDG_CACHE_HOME") or (Path.home() / ".cache" if "HOME" in os.environ else None)
    if home is None:
        return None
    folder = Path(home) / "notice-parse"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if _ours(folder) else None
    except OSError:
        return None


def _ours(path: Path) -> bool:
    """Whether a file or folder belongs to this user and nobody else may write it: pickles of others are not read."""
    try:
        status = path.stat()
    except OSError:
        return False
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)
