"""The public names, and what importing them costs."""

import subprocess
import sys

import winset

HEAVY = ("numba", "scipy", "plotly", "numpy", "pydantic", "yaml", "rich", "jinja2")


def test_every_public_name_exists_and_nothing_else_is_listed():
    assert len(winset.__all__) <= 30
    assert winset.__all__ == sorted(winset.__all__)
    for name in winset.__all__:
        assert getattr(winset, name) is not None
    assert dir(winset) == sorted(winset.__all__)


def loaded_by(code: str) -> set[str]:
    program = f"{code}\nimport sys\nprint(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_winset_loads_nothing_heavy():
    assert loaded_by("import winset") == set()


def test_the_command_line_loads_nothing_heavy_before_a_command_runs():
    assert loaded_by("import winset.cli.main") == set()


def test_an_analysis_loads_no_solver_and_no_compiler():
    code = "import winset; winset.analyse(winset.load('manhattan-lot'), draws=10)"
    assert loaded_by(code) & {"numba", "scipy", "plotly", "rich", "jinja2"} == set()
