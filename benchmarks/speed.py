"""Measures how many notices a second one core reads, part by part, beside a mere labelling of their lines.

python benchmarks/speed.py                  the longest of the samples, as often as it takes
python benchmarks/speed.py notices/         every .txt file of a folder, each read once a round
"""

import argparse
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pydantic import BaseModel

from notice_parser.carriers import extract
from notice_parser.checks import diagnose
from notice_parser.clauses import annotate
from notice_parser.clauses.dates import find_time_limits
from notice_parser.clauses.responsibility import read_clauses
from notice_parser.clauses.targets import read_targets
from notice_parser.garbage import collect_rarely
from notice_parser.model import Notice, Paragraph, bodies, items
from notice_parser.model.made import built
from notice_parser.outline import Outline, outline
from notice_parser.parser import parse
from notice_parser.render.json import encoded
from notice_parser.source import Passage, fold

SAMPLES = Path(__file__).parents[1] / "samples"
ROUNDS = 21  # the best of them counts: a machine that others share may be slow for seconds
ASIDE = {
    "unmet": "all, where no list of units and no date was read before",
    "labels": "what a script of regular expressions would do",
}
# What a script of regular expressions would look for in each line.
LABELS = {
    "section": re.compile(r"[一二三四五六七八九十]+、"),
    "subsection": re.compile(r"[（(][一二三四五六七八九十]+[）)]"),
    "measure": re.compile(r"[0-9]+[.．、]"),
    "clause": re.compile(r".*[（(\[〔【](?:.*(?:牵头|负责|配合|责任单位).*)[）)\]〕】]"),
    "limit": re.compile(r".*(?:[0-9]{4}年|[0-9]{1,2}月)?(?:年底|月底|底)前"),
    "target": re.compile(r".*(?:达到|不低于|以上|增长)[0-9.]+"),
    "date": re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日$"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("path", type=Path, nargs="?", default=longest_sample(), help="a text, or a folder of texts")
    path = parser.parse_args().path
    collect_rarely()  # as the program and the workers of a batch do
    files = sorted(path.glob("**/*.txt")) if path.is_dir() else [path]
    texts = [extract(file.read_bytes(), name=str(file), encoding=None).text for file in files]
    report(texts)


def longest_sample() -> Path:
    return max(SAMPLES.glob("*.txt"), key=lambda sample: sample.stat().st_size)


def report(texts: list[str]) -> None:
    """Notices a second in all, then each part's milliseconds a notice."""
    works = {
        "all": lambda: read(texts),
        "unmet": lambda: read(texts),
        **parts(texts),
        "labels": lambda: [labelled(text) for text in texts],
    }
    taken = {name: each / len(texts) for name, each in seconds(works, before={"unmet": forget}).items()}
    whole = taken.pop("all")
    length = sum(map(len, texts)) / len(texts)
    print(f"{len(texts)} notices of {length:.0f} characters: {1 / whole:.0f} a second, {1000 * whole:.2f} ms each")
    for name, part in taken.items():
        print(f"{name:10} {1000 * part:6.2f} ms  {part / whole:4.0%}  {ASIDE.get(name, '')}".rstrip())
    print(f"a reading takes {whole / taken['labels']:.1f} times as long as labels")


def read(texts: list[str]) -> None:
    """From text to JSON, in the bytes that a file takes."""
    for text in texts:
        encoded(parse(text), 0)


def forget() -> None:
    """Drop what is remembered of texts: the same few units are named all through a notice, and from one to the next."""
    modules = [module for name, module in sys.modules.items() if name.startswith("notice_parser.")]
    for value in [value for module in modules for value in vars(module).values()]:
        limits = getattr(value, "cache_parameters", None)
        if limits and limits()["maxsize"]:  # not the patterns and tables of the grammars, of which all are kept
            value.cache_clear()


def parts(texts: list[str]) -> dict[str, Callable[[], object]]:
    """The parts of the way, each with what goes before already done; clauses and targets lie within the annotation."""
    sources = [(text, fold(text), parse(text).source) for text in texts]
    trees = [outline(*read) for read in sources]
    notices = [annotated(tree, text, folded) for tree, (text, folded, _) in zip(trees, sources, strict=True)]
    found = [
        passage
        for notice, (text, folded, _) in zip(notices, sources, strict=True)
        for passage in passages(notice, text, folded)
    ]
    return {
        "fold": lambda: [fold(text) for text in texts],
        "outline": lambda: [outline(*read) for read in sources],
        "annotation": lambda: [annotated(tree, *read[:2]) for tree, read in zip(trees, sources, strict=True)],
        "  clauses": lambda: [read_clauses(passage) for passage in found],
        "  targets": lambda: [(read_targets(passage), find_time_limits(passage, None)) for passage in found],
        "checks": lambda: [
            diagnose(notice, read[1], tree.remarks) for notice, tree, read in zip(notices, trees, sources, strict=True)
        ],
        "models": lambda: [remade(notice) for notice in notices],
        "JSON": lambda: [encoded(notice, 0) for notice in notices],
    }


def annotated(tree: Outline, text: str, folded: str) -> Notice:
    return annotate(tree.notice, tree.bodies, text, folded)


def remade(value: object) -> object:
    """A notice with every model in it put together anew, as a reading does it."""
    if isinstance(value, BaseModel):
        return built(type(value), **{name: remade(held) for name, held in value.__dict__.items()})
    return tuple([remade(held) for held in value]) if type(value) is tuple else value


def passages(notice: Notice, text: str, folded: str) -> list[Passage]:
    """The paragraphs of a notice as the readers of clauses want them."""
    holders = [holder for _, part in bodies(notice) for holder in (part, *items(part))]
    found = [block for holder in holders for block in holder.content if isinstance(block, Paragraph)]
    return [Passage(text, folded, paragraph.span, paragraph.gaps) for paragraph in found]


def labelled(text: str) -> list[str]:
    """A label for every line."""
    return [next((name for name, words in LABELS.items() if words.match(line)), "") for line in text.splitlines()]


def seconds(works: dict[str, Callable[[], object]], before: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The processor time that each takes, the best of several rounds, in each of which all have their turn.

    `before` it may have to do something else, which is not counted.
    """
    for work in works.values():
        work()
    rounds = [{name: once(work, before.get(name)) for name, work in works.items()} for _ in range(ROUNDS)]
    return {name: min(each[name] for each in rounds) for name in works}


def once(work: Callable[[], object], before: Callable[[], object] | None) -> float:
    """The processor time of one turn, the mean of as many as a tenth of a second takes."""
    taken, turns = 0.0, 0
    while taken < 0.1:
        if before:
            before()
        began = time.process_time()
        work()
        taken += time.process_time() - began
        turns += 1
    return taken / turns


if __name__ == "__main__":
    main()
