"""How a server is found, started and ended."""
import signal
import subprocess
import sys

import pytest
from waystation_testing import NoServer, server, start
from waystation_testing.command import find_command, url_of


def executable(folder, name, script="exit 1"):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


class TestACommandIsFound:
    def test_where_it_is_said(self, tmp_path):
        executable(tmp_path, "waystation")
        said = {"WAYSTATION_COMMAND": "docker run -i 'way station'", "PATH": str(tmp_path)}
        assert find_command(said) == ["docker", "run", "-i", "way station"]

    def test_on_the_path_before_the_project(self, tmp_path):
        found = executable(tmp_path / "bin", "waystation")
        executable(tmp_path / "node_modules" / ".bin", "waystation")
        assert find_command({"PATH": str(tmp_path / "bin")}, tmp_path) == [found]

    def test_in_the_project_around(self, tmp_path):
        found = executable(tmp_path / "node_modules" / ".bin", "waystation")
        (tmp_path / "tests").mkdir()
        assert find_command({"PATH": ""}, tmp_path / "tests") == [found]

    def test_by_npx_which_downloads_nothing(self, tmp_path):
        npx = executable(tmp_path / "bin", "npx")
        assert find_command({"PATH": str(tmp_path / "bin")}, tmp_path) == [npx, "--no-install", "waystation"]

    def test_or_it_is_said_in_a_sentence_what_to_do(self, tmp_path):
        with pytest.raises(NoServer, match="There is no waystation to start: npm install"):
            find_command({"PATH": str(tmp_path)}, tmp_path)


@pytest.mark.parametrize("name", ["WAYSTATION_URL", "WAYSTATION_ENDPOINT"])
def test_a_variable_says_where_one_runs(name):
    assert url_of({name: "http://127.0.0.1:1"}) == "http://127.0.0.1:1"
    assert url_of({name: ""}) is None


class TestAServer:
    def test_takes_options_and_ends_with_its_block(self, alive):
        with start(["--account", "222222222222"], command=alive.command, region="eu-west-1") as running:
            url = running.client("sqs").create_queue(QueueName="jobs")["QueueUrl"]
            assert url.endswith("/222222222222/jobs")
            assert running.queues()[0]["region"] == "eu-west-1"
        alive.wait_for_the_end()

    def test_ends_with_the_process_that_started_it_however_that_ends(self, alive):
        script = f"""
import os, signal
from waystation_testing import start
server = start(command={alive.command!r})
os.kill(os.getpid(), signal.SIGKILL)
"""
        child = subprocess.Popen([sys.executable, "-c", script])
        assert child.wait() == -signal.SIGKILL
        alive.wait_for_the_end()

    def test_says_why_it_does_not_become_ready(self):
        with pytest.raises(NoServer, match="did not become ready: waystation: --profile must be one of relaxed, aws"):
            start(["--profile", "strict"])

    @pytest.mark.parametrize("said", ["npx canceled due to missing packages", "code E404", "404 Not Found - GET https://r"])
    def test_that_npx_does_not_find_is_told_as_one_that_is_not_there(self, tmp_path, said):
        npx = executable(tmp_path, "npx", f"echo 'npm error {said}' >&2; exit 1")
        with pytest.raises(NoServer, match="There is no waystation to start"):
            start(command=[npx, "--no-install", "waystation"])

    def test_that_cannot_be_started_is_named(self):
        with pytest.raises(NoServer, match="/nowhere/waystation cannot be started: No such file"):
            start(command=["/nowhere/waystation"])

    def test_that_does_not_listen_is_killed_with_what_it_started(self, monkeypatch, alive):
        monkeypatch.setattr(server, "_STOPS_WITHIN", 0.1)
        script = f"trap '' TERM; {alive.hold}; echo 'Waystation is ready at http://127.0.0.1:1'; sleep 1000 & wait"
        running = start(command=["sh", "-c", script])
        running.stop()
        alive.wait_for_the_end()
