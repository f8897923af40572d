"""Makes an archive of any number of notices from the samples: the same seed, the same bytes.

    python benchmarks/make_archive.py 100000 archive

Each notice is a sample with other numbers, years, places and units, and some of its items; one in fifty is in GB18030.
"""

import argparse
import random
import re
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "samples"
_PLACES = ("云岭", "澜江", "石川", "青原", "河阳", "临泽", "安丰", "南屏")
_YEAR = re.compile(r"(?<![0-9])20[12][0-9](?=[年〕\]])")
_COUNT = re.compile(r"(?<![0-9])[1-9][0-9]{1,2}(?=[个家项亿万])")
_ITEM = re.compile(r"(?m)^\s*（[一二三四五六七八九十]+）.*$\n?")
_A_FOLDER = 500


def texts() -> list[str]:
    """The samples; one of them is GB18030."""
    return [_decoded(path.read_bytes()) for path in sorted(SAMPLES.glob("*.txt"))]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def varied(text: str, dice: random.Random) -> str:
    """A notice like the sample, of another place and year, with other figures and fewer items."""
    shift = dice.randrange(-6, 3)
    text = _YEAR.sub(lambda year: str(int(year[0]) + shift), text)
    text = _COUNT.sub(lambda count: str(max(1, int(count[0]) + dice.randrange(-9, 90))), text)
    place = dice.choice(_PLACES)
    text = text.replace("云岭", place).replace("澜江", dice.choice(_PLACES))
    return _ITEM.sub(lambda item: "" if dice.random() < 0.15 else item[0], text)


def make(count: int, folder: Path, seed: int = 1) -> None:
    """Write the archive: folders of 500 files."""
    dice, samples = random.Random(seed), texts()
    for number in range(count):
        target = folder / f"{number // _A_FOLDER:04}" / f"{number:07}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        encoding = "gb18030" if dice.random() < 0.02 else "utf-8"
        target.write_bytes(varied(dice.choice(samples), dice).encode(encoding))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    make(asked.count, asked.folder, asked.seed)


if __name__ == "__main__":
    main()
