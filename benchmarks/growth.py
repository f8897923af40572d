"""Growth: what one, ten and a hundred times the text cost, for texts of every shape that invites more than linear work.

    python benchmarks/growth.py [SHAPE…] [--base CHARACTERS] [--steps 1,10,100]

The gate is 115 times the time for 100 times the text. Memory is the peak above what the process held before.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice

GATE = 115
_NUMERALS = "一二三四五六七八九十"
_SENTENCE = "到2025年，全市建成50个以上示范点，培训人员达到3000人次。（责任单位：市科技局、市财政局）"


def _lines(*forms: str) -> Callable[[int], str]:
    """As many of these lines, in turn, as the text is to have characters; `{n}` counts, `{c}` counts in Chinese."""

    def text(characters: int) -> str:
        length = sum(map(len, forms)) + len(forms)
        rows = islice(cycle(forms), max(1, characters * len(forms) // length))
        return "".join(form.format(n=n % 99 + 1, c=_NUMERALS[n % 10]) + "\n" for n, form in enumerate(rows))

    return text


def _run(unit: str) -> Callable[[int], str]:
    """The same characters over and over, without a line break."""
    return lambda characters: unit * (characters // len(unit))


def _behind_sign_off(form: str) -> Callable[[int], str]:
    begun = "关于开展示范工作的通知\n各有关单位：\n现将有关事项通知如下。\n一、总体要求\n云岭市人民政府\n2021年3月5日\n"
    return lambda characters: begun + _lines(form)(characters)


SHAPES: dict[str, Callable[[int], str]] = {
    "notice": _lines("一、总体要求", "（{c}）提升能力。" + _SENTENCE, "1.加强保障。" + _SENTENCE * 2),
    "one line": _run(_SENTENCE),
    "one line of words": _run("推进公共数据有序开放"),
    "one line of marks": _run("。一、加强领导。（一）落实责任。1.明确分工"),
    "open brackets": _run("（"),
    "closed brackets": _run("）"),
    "open quotes": _run("《“"),
    "bracket lines": _lines("（", "《"),
    "numerals": _run("一、"),
    "digits": _run("1234567890"),
    "decimals": _run("1.1."),
    "blanks": _run("　 "),
    "line breaks": _run("\n"),
    "commas": _run("，"),
    "pauses": _run("市科技局、"),
    "colons": _run("："),
    "labels": _run("责任单位："),
    "clauses": _run("（责任单位：市科技局）"),
    "percents": _run("达到60%以上，"),
    "years": _run("2025年"),
    "latin": _run("data model "),
    "markers": _lines("{n}.加强组织领导"),
    "same markers": _lines("一、"),
    "paren markers": _lines("（{c}）落实责任"),
    "decimal markers": _lines("1.{n} 编制目的"),
    "articles": _lines("第{c}条 本办法自公布之日起施行。"),
    "own-line clauses": _lines("责任单位：市科技局、市财政局"),
    "items and own-line clauses": _lines("1.加强组织领导", "责任单位：市科技局、市财政局"),
    "items over one clause": lambda n: "一、保障\n" + "1.加强领导\n" * (n // 7) + "责任单位：市科技局\n",
    "listed": _lines("附件：{n}.任务分解表"),
    "list of attachments": lambda n: "附件：1.方案\n" + _lines("{n}.任务分解表")(n),
    "attachments": _behind_sign_off("附件{n}"),
    "labels and text": _behind_sign_off("附件{n}\n任务分解方案\n一、总体要求"),
    "titles": _lines("关于开展示范工作的通知"),
    "titles behind the sign-off": _behind_sign_off("关于开展示范工作的通知"),
    "quoted titles": _lines("现将《云岭市示范工作实施方案》印发给你们。"),
    "dates": _lines("2021年3月5日"),
    "organs": _lines("云岭市人民政府"),
    "organs and dates": _lines("云岭市人民政府", "2021年3月5日"),
    "notices": _lines("关于开展示范工作的通知", "各有关单位：", "一、总体要求", "云岭市人民政府", "2021年3月5日"),
    "metadata": _lines("索引号：YL{n} 公开方式：主动公开"),
    "numbers": _lines("云政办发〔2021〕{n}号"),
    "addressees": _lines("各县人民政府，各有关单位："),
    "contents": lambda n: "目录\n" + _lines("总体要求……{n}")(n),
    "rows": _lines("| 市科技局 | {n} |"),
    "page lines": _lines("— {n} —"),
    "wrapped": _lines(
        "全市各级各部门要把数据共享开放作为一项基础工作来抓，坚持", "统筹规划，分步实施，确保各项任务落到实处。"
    ),
    "wrapped without end": _lines("全市各级各部门要把数据共享开放作为一项基础工作来抓坚持和"),
    "page lines in a paragraph": _lines("全市各级各部门要把数据共享开放作为一项基础工作来抓坚持和", "— {n} —"),
    "footers": _lines("打印本页 关闭窗口"),
    "dashes": _lines("——到2025年，全市建成50个示范点。"),
    "short lines": _lines("市"),
    "notes": _lines("（此件公开发布）"),
    "copies": _lines("抄送：市委各部门。"),
    "closings": _lines("特此通知。"),
}


def main() -> None:
    """Print time and memory for each shape; leave with status 1 where one misses the gate."""
    options = _options()
    if options.one:
        print(*_measure(options.shapes[0], int(options.steps)))
        return
    missed = [shape for shape in options.shapes or SHAPES if not _passes(shape, options)]
    if missed:
        sys.exit(f"more than {GATE} times: {', '.join(missed)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help=", ".join(SHAPES))
    parser.add_argument("--base", type=int, default=10_000, help="characters of the smallest text")
    parser.add_argument("--steps", default="1,10,100", help="how many times the smallest text")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _passes(shape: str, options: argparse.Namespace) -> bool:
    steps = [int(step) for step in options.steps.split(",")]
    found = [_apart(shape, options.base * step) for step in steps]
    factor = found[-1][0] / found[0][0]
    cells = "  ".join(
        f"{step:>4} x {ms:10.1f} ms {kb / 1024:8.1f} MB" for step, (ms, kb) in zip(steps, found, strict=True)
    )
    print(f"{shape:28}{cells}  time x {factor:.0f}", flush=True)
    return factor <= GATE * steps[-1] / steps[0] / 100


def _apart(shape: str, characters: int) -> tuple[float, float]:
    """Milliseconds and kilobytes in a process of its own, so that no text pays for the one before."""
    command = [sys.executable, __file__, shape, "--one", "--steps", str(characters)]
    milliseconds, kilobytes = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(milliseconds), float(kilobytes)


def _measure(shape: str, characters: int) -> tuple[float, float]:
    import resource

    from notice_parser import parse
    from notice_parser.garbage import collect_rarely

    collect_rarely()  # as the program does
    parse(SHAPES["notice"](1000))
    text = SHAPES[shape](characters)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    best = min(_timed(parse, text) for _ in range(5 if characters < 50_000 else 1))
    return best * 1000, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before


def _timed(parse: Callable[[str], object], text: str) -> float:
    gc.collect()
    begun = time.perf_counter()
    parse(text)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
