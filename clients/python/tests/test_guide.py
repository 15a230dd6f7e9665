"""The code of docs/pytest.md runs as it stands."""
import re
import subprocess
import sys


def test_it_runs(pytester, root):
    page = (root / "docs" / "pytest.md").read_text("utf-8")
    files = dict(re.findall(r"^```python file=(\S+)\n(.*?)^```$", page, re.DOTALL | re.MULTILINE))
    world = [files.pop(name) for name in ("conftest.py", "test_invoices.py")]
    for name, text in files.items():
        pytester.path.joinpath(name).write_text(text)
    pytester.runpytest_subprocess().assert_outcomes(passed=4)
    said = subprocess.check_output([sys.executable, "script.py"], cwd=pytester.path, text=True)
    assert said == "{'visible': 0, 'inFlight': 0, 'delayed': 0}\n"
    for name in files:
        pytester.path.joinpath(name).unlink()
    for name, text in zip(("conftest.py", "test_invoices.py"), world):
        pytester.path.joinpath(name).write_text(text)
    pytester.runpytest_subprocess().assert_outcomes(passed=1)
