"""Fixtures of pytest: one server for all tests of a process, and an account of its own for each."""
import os
import secrets
import shlex
import sys
from typing import Any, Callable, Dict, Generator, Iterator, List, Optional

import pytest

from .aws import MISLEADING, REGION
from .command import COMMAND_VARIABLE, find_command, url_of
from .errors import NoServer, WaystationError
from .hint import hint
from .server import Server, start
from .waystation import Waystation, connect

_ENVIRONMENTS = ("all", "mixed", "none")
#: How long a server may take to answer that somebody else started, in seconds.
_ANSWERS_WITHIN = 10.0


class _Session:
    """The server of all tests of this process, and the accounts they were given."""

    def __init__(self, server: Waystation, environment: str) -> None:
        self.server = server
        self.environment = environment
        self._count = 0
        # Others may use a server that was there before.
        self._session = 0 if isinstance(server, Server) else secrets.randbelow(10_000)

    def fresh(self) -> Waystation:
        """An account that nobody used before: three digits of the process, four of the session, five of the test."""
        self._count += 1
        account = self.server.account(f"{_worker():03}{self._session:04}{self._count:05}")
        if not isinstance(self.server, Server):
            account.reset()
        return account

    def log(self, since: int) -> str:
        return self.server.log(since) if isinstance(self.server, Server) else ""

    def log_bytes(self) -> int:
        return self.server.log_bytes() if isinstance(self.server, Server) else 0


class _Running:
    """A test's account while it runs, and how long the log was before."""

    def __init__(self, account: Waystation, session: _Session) -> None:
        self.account = account
        self._session = session
        self._since = session.log_bytes()

    def hint(self) -> str:
        return hint(self.account, self._session.log(self._since))


_RUNNING = pytest.StashKey[_Running]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("waystation", "Waystation, a local emulator of Amazon SQS, SNS and Kinesis")
    group.addoption("--waystation-url", metavar="URL", help="use the server that runs there; else WAYSTATION_URL")
    group.addoption("--waystation-command", metavar="COMMAND", help="what starts a server; else WAYSTATION_COMMAND")
    group.addoption("--waystation-options", metavar="OPTIONS", help='options of the server, such as "--profile aws"')
    group.addoption("--waystation-region", metavar="REGION", help=f"region of clients, {REGION} unless given")
    parser.addini("waystation_url", "the server that runs already")
    parser.addini("waystation_command", "what starts a server")
    parser.addini("waystation_options", "options of the server")
    parser.addini("waystation_region", "region of clients", default=REGION)
    parser.addini("waystation_environment", "which variables tests see: all, mixed or none", default="all")


@pytest.fixture(scope="session")
def _waystation_session(pytestconfig: pytest.Config) -> Iterator[_Session]:
    environment = pytestconfig.getini("waystation_environment")
    if environment not in _ENVIRONMENTS:
        raise pytest.UsageError(f"waystation_environment is one of {', '.join(_ENVIRONMENTS)}, not {environment}.")
    try:
        server = _server(pytestconfig)
    except NoServer as error:
        pytest.fail(str(error), pytrace=False)
    try:
        yield _Session(server, environment)
    finally:
        if isinstance(server, Server):
            server.stop()


@pytest.fixture(scope="session")
def waystation_server(_waystation_session: _Session) -> Waystation:
    """The server, of all accounts."""
    return _waystation_session.server


@pytest.fixture(scope="session")
def waystation_fresh_account(_waystation_session: _Session) -> Callable[[], Waystation]:
    """Gives an account that nobody used before, for what is prepared once, or for a test that needs several."""
    return _waystation_session.fresh


@pytest.fixture(scope="session")
def waystation_world() -> Optional[Waystation]:
    """What each test begins with: nothing. Give an account here, and each test gets a copy of it."""
    return None


@pytest.fixture
def waystation(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    _waystation_session: _Session,
    waystation_world: Optional[Waystation],
) -> Iterator[Waystation]:
    """The test's own account, which clients of AWS find by the environment."""
    account = _waystation_session.fresh()
    if waystation_world is not None and account.account_id is not None:
        waystation_world.fork(account.account_id)
    if _waystation_session.environment != "none":
        _lead(monkeypatch, account.environment(mixed=_waystation_session.environment == "mixed"))
    request.node.stash[_RUNNING] = _Running(account, _waystation_session)
    try:
        yield account
    finally:
        del request.node.stash[_RUNNING]
        _forget_default_session()
        account.reset()


@pytest.fixture
def waystation_client(waystation: Waystation) -> Iterator[Callable[..., Any]]:
    """Makes boto3 clients of the test's account, and closes them: ``waystation_client("sqs")``."""
    clients: List[Any] = []

    def make(service: str, **options: Any) -> Any:
        clients.append(waystation.client(service, **options))
        return clients[-1]

    yield make
    for client in clients:
        client.close()


@pytest.fixture
def waystation_sqs(waystation_client: Callable[..., Any]) -> Any:
    """A boto3 client of SQS."""
    return waystation_client("sqs")


@pytest.fixture
def waystation_sns(waystation_client: Callable[..., Any]) -> Any:
    """A boto3 client of SNS."""
    return waystation_client("sns")


@pytest.fixture
def waystation_kinesis(waystation_client: Callable[..., Any]) -> Any:
    """A boto3 client of Kinesis."""
    return waystation_client("kinesis")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, None]:
    """Says of a test that failed where its messages are and why."""
    outcome = yield
    report = outcome.get_result()
    running = item.stash.get(_RUNNING, None)
    if report.when == "call" and report.failed and running is not None:
        report.sections.append(("Waystation", running.hint()))


def _server(config: pytest.Config) -> Waystation:
    """The one that runs, or one that is started. Raises NoServer."""
    region = _said(config, "region") or REGION
    url = config.getoption("waystation_url") or url_of(os.environ) or config.getini("waystation_url")
    command = config.getoption("waystation_command") or os.environ.get(COMMAND_VARIABLE)
    if url and not config.getoption("waystation_command"):
        server = connect(url, region=region)
        _expect_answer(url)
        return server
    command = command or config.getini("waystation_command")
    found = find_command({**os.environ, COMMAND_VARIABLE: command or ""}, config.rootpath)
    return start(shlex.split(_said(config, "options") or ""), command=found, region=region)


def _said(config: pytest.Config, name: str) -> Optional[str]:
    said: Optional[str] = config.getoption(f"waystation_{name}") or config.getini(f"waystation_{name}")
    return said


def _expect_answer(url: str) -> None:
    from .control import Control

    try:
        Control(url, timeout=_ANSWERS_WITHIN).call("GET", "health")
    except NoServer:
        raise
    except (WaystationError, ValueError) as error:
        raise NoServer(f"What answers at {url} is no Waystation that is ready: {error}") from error


def _lead(monkeypatch: pytest.MonkeyPatch, variables: Dict[str, str]) -> None:
    """Has clients that are made from now on, here and in other processes, go to the server."""
    for name in MISLEADING:
        monkeypatch.delenv(name, raising=False)
    if "AWS_ENDPOINT_URL" not in variables:
        monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    _forget_default_session()


def _forget_default_session() -> None:
    """The session behind ``boto3.client`` keeps the credentials it has seen first, which are those of another test."""
    boto3: Any = sys.modules.get("boto3")
    if boto3 is not None:
        boto3.DEFAULT_SESSION = None


def _worker() -> int:
    """The number of this process among those of pytest-xdist, or 0."""
    name = os.environ.get("PYTEST_XDIST_WORKER", "gw")[2:]
    return int(name) + 1 if name.isdigit() else 0
