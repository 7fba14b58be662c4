from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from support.answers import HOSTILE, large_answer, orchard_answer
from winset.report.page import page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> str:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium on the PATH")
    return found


def opened(browser: str, document: str, folder: Path) -> tuple[str, list[str]]:
    """Return the document as the browser has it after its scripts ran, and what the console said."""
    file = folder / "page.html"
    file.write_text(document, encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0"]
    paths = [
        f"--user-data-dir={folder / 'profile'}",
        "--virtual-time-budget=10000",
        "--dump-dom",
        file.as_uri(),
    ]
    done = subprocess.run(
        [browser, *flags, *paths], capture_output=True, text=True, check=True, timeout=120, encoding="utf-8"
    )
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


@pytest.mark.parametrize(
    ("answer", "plots"), [(orchard_answer(), 4), (large_answer(HOSTILE), 5)], ids=["orchard", "hostile"]
)
def test_pictures_are_drawn_and_nothing_is_refused(
    browser: str, answer: object, plots: int, tmp_path: Path
) -> None:
    dom, console = opened(browser, page(answer), tmp_path)  # type: ignore[arg-type]  # both are analyses
    assert console == []
    assert 'class="js"' in dom
    assert len(re.findall(r'class="plot js-plotly-plot"', dom)) == plots
    assert dom.count('class="xaxislayer-above"') >= plots
    assert dom.count('class="point"') >= plots
    assert "Cloud" not in dom.rpartition("</style>")[2].partition("<script")[0]


def test_the_policy_refuses_any_other_script(browser: str, tmp_path: Path) -> None:
    document = page(orchard_answer()).replace("</main>", "<script>document.title = 'x'</script></main>")
    dom, console = opened(browser, document, tmp_path)
    assert any("Content Security Policy" in line for line in console)
    assert "<title>x</title>" not in dom
