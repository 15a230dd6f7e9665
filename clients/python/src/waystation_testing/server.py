"""A server in a process of its own, which never outlives this one."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading
from types import TracebackType
from typing import List, Optional, Sequence, Type

from .aws import REGION
from .command import NONE_FOUND, find_command
from .control import Control
from .errors import NoServer
from .waystation import Waystation

_READY = re.compile(r"Waystation is ready at (\S+)")
#: It says so itself, or asks the registry for the name, which need not know it.
_NPX_FOUND_NONE = re.compile(r"npx canceled|npm (?:error|ERR!)")
_STARTS_WITHIN = 60.0
_STOPS_WITHIN = 10.0


class Server(Waystation):
    """A server that ends with ``stop()``, with the ``with`` block or, whatever happens, with this process."""

    def __init__(self, process: "Process", endpoint: str, region: str) -> None:
        super().__init__(Control(endpoint), region)
        self._process = process

    def log(self, since: int = 0) -> str:
        """What it wrote on standard error, from that many bytes on."""
        return self._process.log(since)

    def log_bytes(self) -> int:
        """How much it wrote there."""
        return self._process.log_bytes()

    def stop(self) -> None:
        self._process.stop()

    def __enter__(self) -> "Server":
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.stop()


def start(options: Sequence[str] = (), *, command: Optional[Sequence[str]] = None, region: str = REGION) -> Server:
    """Starts a server on a free port, with a history. Options are those of the command, such as ``--profile``, ``aws``.

    Raises NoServer with a sentence where there is no command, or where it does not become ready.
    """
    found = list(command) if command is not None else find_command(os.environ)
    usual = ["start", "--port", "0", "--history", "on", "--region", region, "--stop-with-input"]
    process = Process([*found, *usual, *options])
    try:
        return Server(process, process.endpoint(), region)
    except BaseException:
        process.stop()
        raise


class Process:
    """The process, which ends when its standard input does: the operating system closes that with ours."""

    def __init__(self, command: List[str]) -> None:
        self._folder = pathlib.Path(tempfile.mkdtemp(prefix="waystation-"))
        self._log = self._folder / "log"
        self._command = command[0]
        self._arguments = command[1:]
        self._said: List[str] = []
        self._endpoint: Optional[str] = None
        self._known = threading.Event()
        try:
            with self._log.open("wb") as log:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                    start_new_session=True,  # Ctrl-C is ours, so that tests can end in order
                )
        except OSError as error:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise NoServer(f"{command[0]} cannot be started: {error.strerror}.") from error
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def endpoint(self) -> str:
        """Where it is, once it is ready. Raises NoServer when it ends before."""
        self._known.wait(_STARTS_WITHIN)
        if self._endpoint is not None:
            return self._endpoint
        said = " ".join(f"{''.join(self._said)} {self.log()}".split())
        if "--no-install" in self._arguments and _NPX_FOUND_NONE.search(said):
            raise NoServer(NONE_FOUND)
        raise NoServer(f"{self._command} did not become ready: {said or 'it said nothing'}")

    def log(self, since: int = 0) -> str:
        try:
            with self._log.open("rb") as log:
                log.seek(since)
                return log.read().decode("utf-8", "replace")
        except FileNotFoundError:
            return ""

    def log_bytes(self) -> int:
        return self._log.stat().st_size

    def stop(self) -> None:
        """Ends it, and whatever it was started through. Returns when it has ended."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(_STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self._kill()
            self._process.wait()
        self._reader.join(_STOPS_WITHIN)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _kill(self) -> None:
        if os.name == "nt":
            self._process.kill()
            return
        import signal

        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it has ended meanwhile

    def _read(self) -> None:
        """Reads all it says, since a pipe that is full would stop it, and remembers what comes before it is ready."""
        assert self._process.stdout is not None
        with self._process.stdout as output:
            for line in output:
                ready = None if self._endpoint else _READY.match(line)
                if ready is not None:
                    self._endpoint = ready.group(1)
                    self._known.set()
                elif self._endpoint is None:
                    self._said = [*self._said, line][-20:]
        self._known.set()
