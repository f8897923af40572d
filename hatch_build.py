"""Compiles the rooms that do the work of a reading when a wheel is built: mypyc makes C of the same typed Python."""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# A reading goes through far more code than the nearest cache holds, and most of its time goes by in what is called. So
# calls go where they lead, not by way of a table, where the linker can have it so; with -O2 a twentieth less time than
# with -O1 alone, which compiles in two thirds of the time. Smaller code (-Os) takes that twentieth again.
COMPILE = """
import sys
from mypyc.build import mypycify
from setuptools import setup

modules = mypycify(sys.argv[1:], opt_level="2", debug_level="0", multi_file=True, group_name="notice_parser")
if sys.platform == "linux":
    for module in modules:
        module.extra_compile_args += ["-fno-plt", "-fvisibility=hidden"]
setup(ext_modules=modules, script_args=["build_ext", "--inplace"])
"""


class CompileHook(BuildHookInterface):
    """A wheel holds the compiled modules beside their sources; an editable install is what its sources say."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the wheel is written: the compiled modules join it."""
        if version == "editable":
            return
        if missing := lacking():
            self.app.display_warning(f"There is no {missing}: the wheel is pure Python, and slower.")
            return
        self._built = TemporaryDirectory()
        try:
            made = compiled(Path(self.root), Path(self._built.name), self.config["modules"])
        except subprocess.CalledProcessError as error:  # a compiler that lacks its libraries, an unknown Python
            self.app.display_warning(f"Compiling failed ({error.returncode}): the wheel is pure Python, and slower.")
            return
        build_data["force_include"] |= made
        build_data |= {"pure_python": False, "infer_tag": True}

    def finalize(self, *_: object) -> None:
        """Behind it: nothing stays."""
        if hasattr(self, "_built"):
            self._built.cleanup()


def lacking() -> str | None:
    """What compiling needs and the machine has not got: a C compiler, or the headers of this Python."""
    compiler = (sysconfig.get_config_var("CC") or "cl").split()[0]
    if shutil.which(compiler) is None:
        return f"C compiler {compiler}"
    header = Path(sysconfig.get_path("include"), "Python.h")
    return None if header.exists() else str(header)


def compiled(root: Path, built: Path, modules: list[str]) -> dict[str, str]:
    """The shared libraries of the modules, each with its place in the wheel; `modules` are globs below `src`."""
    shutil.copytree(root / "src", built, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.so", "*.pyd"))
    sources = [str(file.relative_to(built)) for glob in modules for file in sorted(built.glob(glob))]
    subprocess.run([sys.executable, "-c", COMPILE, *sources], cwd=built, check=True)
    made = (file for file in built.rglob("*") if file.suffix in (".so", ".pyd") and built / "build" not in file.parents)
    return {str(file): str(file.relative_to(built)) for file in made}
