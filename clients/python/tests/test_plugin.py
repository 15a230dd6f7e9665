"""The plug-in of pytest, in runs of its own."""
import os
import signal
import subprocess
import sys

import pytest
from waystation_testing import start

LISTS = """
import boto3

def test_it_is_empty(waystation):
    boto3.client("sqs").create_queue(QueueName="orders")
    assert [queue["name"] for queue in waystation.queues()] == ["orders"]
"""


@pytest.fixture
def run(pytester):
    """Runs pytest in a process of its own, on files by their names, with these variables."""

    def run_pytest(files, *arguments, environment=None):
        for name, text in files.items():
            pytester.path.joinpath(name).write_text(text)
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
        given = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **(environment or {})}
        done = subprocess.run(command, cwd=pytester.path, env=given, capture_output=True, text=True)
        return done.stdout + done.stderr

    return run_pytest


class TestEachTest:
    def test_finds_an_account_of_its_own_by_the_environment(self, run):
        said = run({"test_a.py": LISTS + LISTS.replace("it_is_empty", "so_is_another")})
        assert "2 passed" in said

    def test_begins_with_a_copy_of_the_world(self, run):
        said = run({
            "conftest.py": """
import pytest

@pytest.fixture(scope="session")
def waystation_world(waystation_fresh_account):
    world = waystation_fresh_account()
    world.client("sqs").create_queue(QueueName="prepared")
    return world
""",
            "test_a.py": """
import pytest

@pytest.mark.parametrize("name", ["first", "second"])
def test_it(waystation, waystation_sqs, name):
    waystation_sqs.create_queue(QueueName=name)
    assert sorted(queue["name"] for queue in waystation.queues()) == sorted(["prepared", name])
""",
        })
        assert "2 passed" in said

    def test_leaves_variables_as_they_were(self, run):
        said = run({
            "test_a.py": """
import os

def test_inside(waystation):
    assert os.environ["AWS_ENDPOINT_URL"] == waystation.endpoint
    assert os.environ["AWS_ACCESS_KEY_ID"] == waystation.account_id
    assert "AWS_PROFILE" not in os.environ and "AWS_ENDPOINT_URL_SQS" not in os.environ

def test_outside():
    assert "AWS_ENDPOINT_URL" not in os.environ
    assert os.environ["AWS_PROFILE"] == "work"
"""
        }, environment={"AWS_PROFILE": "work", "AWS_ENDPOINT_URL_SQS": "http://127.0.0.1:9"})
        assert "2 passed" in said

    @pytest.mark.parametrize(
        ("chosen", "expected"), [("mixed", "[None, True]"), ("none", "[None, None]"), ("all", "[True, None]")]
    )
    def test_sees_the_variables_that_are_chosen(self, run, chosen, expected):
        said = run({
            "pytest.ini": f"[pytest]\nwaystation_environment = {chosen}\n",
            "test_a.py": f"""
import os

def test_it(waystation):
    seen = [os.environ.get(name) for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_KINESIS")]
    assert [url and url == waystation.endpoint for url in seen] == {expected}
""",
        })
        assert "1 passed" in said

    def test_can_be_a_method_of_unittest(self, run):
        said = run({
            "test_a.py": """
import unittest

import boto3
import pytest

@pytest.mark.usefixtures("waystation")
class OrdersTest(unittest.TestCase):
    def test_it(self):
        boto3.client("sqs").create_queue(QueueName="orders")
        self.fail("on purpose")
"""
        })
        assert "1 failed" in said
        assert "orders in us-east-1: 0 visible" in said

    def test_is_left_alone_that_does_not_ask(self, run):
        said = run({"test_a.py": "def test_it():\n    pass\n"}, "--waystation-command", "/nowhere/waystation")
        assert "1 passed" in said


def test_a_failure_says_where_messages_are_and_why(run):
    said = run({
        "test_a.py": """
def test_it(waystation, waystation_sqs):
    url = waystation_sqs.create_queue(QueueName="orders")["QueueUrl"]
    waystation_sqs.send_message(QueueUrl=url, MessageBody="hello")
    waystation_sqs.receive_message(QueueUrl=url)
    try:
        waystation_sqs.get_queue_url(QueueName="order")
    except waystation_sqs.exceptions.QueueDoesNotExist:
        pass
    waystation.queue("orders").wait("visible", timeout="0s")
"""
    })
    assert "1 failed" in said
    assert "orders holds 0 visible messages, 1 in flight" in said
    assert "control.py" not in said
    assert "orders in us-east-1: 0 visible, 1 in flight, 0 delayed" in said
    assert "In flight" in said
    assert "GetQueueUrl order: The specified queue does not exist. (did you mean orders?)" in said


class TestWorkers:
    TESTS = {
        "test_a.py": """
import pytest

@pytest.mark.parametrize("number", range(8))
def test_it(waystation, waystation_sqs, number, record_property):
    waystation_sqs.create_queue(QueueName="orders")
    assert len(waystation.queues()) == 1
    print("used", waystation.endpoint, waystation.account_id)
"""
    }

    def test_have_a_server_each(self, run):
        said = run(self.TESTS, "-n2", "-rP")
        used = [line.split()[1:] for line in said.splitlines() if line.startswith("used ")]
        assert "8 passed" in said
        assert len({endpoint for endpoint, _ in used}) == 2
        assert len({account for _, account in used}) == 8

    def test_share_one_that_runs_already(self, run):
        with start() as running:
            said = run(self.TESTS, "-n2", "-rP", "--waystation-url", running.endpoint)
            used = [line.split()[1:] for line in said.splitlines() if line.startswith("used ")]
            assert "8 passed" in said
            assert {endpoint for endpoint, _ in used} == {running.endpoint}
            assert len({account for _, account in used}) == 8
            assert running.queues() == []


class TestOptions:
    def test_are_those_of_the_server_and_of_clients(self, run):
        said = run({
            "test_a.py": """
import urllib.request

def test_it(waystation, waystation_sns, waystation_kinesis):
    assert ":eu-west-1:" in waystation_sns.create_topic(Name="orders")["TopicArn"]
    waystation_kinesis.create_stream(StreamName="clicks", ShardCount=1)
    assert waystation.streams()[0]["status"] == "CREATING"
"""
        }, "--waystation-options", "--profile aws", "--waystation-region", "eu-west-1")
        assert "1 passed" in said

    def test_name_a_server_that_has_to_be_there(self, run):
        said = run({"test_a.py": LISTS}, "--waystation-url", "http://127.0.0.1:9")
        assert "No Waystation answers at http://127.0.0.1:9: Connection refused." in said
        assert "1 error" in said

    def test_have_to_be_ones(self, run):
        said = run({"pytest.ini": "[pytest]\nwaystation_environment = some\n", "test_a.py": LISTS})
        assert "waystation_environment is one of all, mixed, none, not some." in said

    def test_are_listed(self, run):
        assert "--waystation-url=URL" in run({}, "--help")


def test_a_command_that_is_missing_is_told_in_a_sentence(run, pytester):
    said = run({"test_a.py": LISTS}, environment={"WAYSTATION_COMMAND": "", "PATH": str(pytester.path)})
    assert "There is no waystation to start: npm install --save-dev waystation" in said
    assert "1 error" in said
    assert "Traceback" not in said


def test_ctrl_c_ends_the_server(alive, pytester):
    # What a shell starts in the background ignores interrupts, and so does all that it starts.
    pytester.makepyfile("""
import signal
import time

signal.signal(signal.SIGINT, signal.default_int_handler)

def test_it(waystation):
    print("running", flush=True)
    time.sleep(1000)
""")
    command = [sys.executable, "-m", "pytest", "-s", "--waystation-command", _joined(alive.command)]
    running = subprocess.Popen(command, cwd=pytester.path, stdout=subprocess.PIPE, text=True)
    assert "running" in next(line for line in running.stdout if "running" in line)
    running.send_signal(signal.SIGINT)
    said = running.communicate()[0]
    assert running.returncode == pytest.ExitCode.INTERRUPTED, said
    alive.wait_for_the_end()


def _joined(command):
    import shlex

    return " ".join(shlex.quote(word) for word in command)
