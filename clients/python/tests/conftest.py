"""Has all tests use the server that is built here."""
import os
import pathlib
import shlex
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
COMMAND = f"node {shlex.quote(str(ROOT / 'dist' / 'bundle' / 'main.js'))}"
os.environ["WAYSTATION_COMMAND"] = COMMAND
for name in ("WAYSTATION_URL", "WAYSTATION_ENDPOINT"):
    os.environ.pop(name, None)
sys.path.insert(0, str(ROOT / "clients" / "python" / "tools"))


@pytest.fixture
def root():
    """The checkout."""
    return ROOT


class Alive:
    """A pipe that processes hold open for as long as they run."""

    def __init__(self, path):
        os.mkfifo(path)
        self._end = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        os.set_blocking(self._end, True)
        self.hold = f"exec 9>{shlex.quote(str(path))}"
        main = shlex.quote(str(ROOT / "dist" / "bundle" / "main.js"))
        self.command = ["sh", "-c", f"{self.hold}; exec node {main} \"$@\"", "waystation"]

    def wait_for_the_end(self):
        """Returns once all have ended that held it open."""
        assert os.read(self._end, 1) == b""

    def close(self):
        os.close(self._end)


@pytest.fixture
def alive(tmp_path):
    held = Alive(tmp_path / "alive")
    yield held
    held.close()
