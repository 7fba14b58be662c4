"""The documentation says what the program does: excerpts are current, and its Python runs."""

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = re.compile(r"^( *)```python\n(.*?)^ *```", re.S | re.M)


def blocks(path: Path) -> list[str]:
    return [re.sub(rf"(?m)^{indent}", "", code) for indent, code in PYTHON.findall(path.read_text("utf-8"))]


def test_what_is_generated_is_current():
    tool = ROOT / "tools" / "generate_docs.py"
    done = subprocess.run([sys.executable, str(tool), "--check"], capture_output=True, text=True, check=False)
    assert done.stdout == ""
    assert done.returncode == 0


@pytest.mark.parametrize(
    "page", ["README.md", *(str(p.relative_to(ROOT)) for p in sorted((ROOT / "docs").rglob("*.md")))]
)
def test_the_python_on_a_page_runs(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    program = "\n".join(blocks(ROOT / page))
    (tmp_path / "page.py").write_text(program, encoding="utf-8")
    names = runpy.run_path(str(tmp_path / "page.py"))
    assert "__name__" in names


def test_the_analysis_that_contributing_teaches_works():
    from winset.analysis.context import Context
    from winset.workflow import load

    [program] = blocks(ROOT / "CONTRIBUTING.md")
    names: dict[str, object] = {"__name__": "admissible"}
    sys.modules["admissible"] = type(sys)("admissible")  # dataclasses look their module up
    try:
        exec(program, names)
    finally:
        del sys.modules["admissible"]
    negotiation = load("alaska-2025")
    context = Context(negotiation, draws=1, seed=0, account=negotiation.leading_account)
    step = names["ANALYSIS"]
    finding = step.run(context)
    assert 0 < finding.admissible < finding.outcomes == negotiation.space.size
    assert "break no red line" in finding.section().sentences[0]


def test_links_between_pages_lead_somewhere():
    pages = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")]
    broken = []
    for page in [*pages, *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []
