"""The client, against a server: no test sleeps."""
import json
import pathlib
import re
import socket
from datetime import datetime, timedelta, timezone

import pytest
from waystation_testing import NoServer, WaystationError, connect


def create_queue(client, name, **attributes):
    return client.create_queue(QueueName=name, Attributes=attributes)["QueueUrl"]


@pytest.fixture
def jobs(waystation_sqs):
    return create_queue(waystation_sqs, "jobs")


class TestTime:
    def test_stands_still_moves_forward_and_runs_on(self, waystation):
        start = waystation.clock.freeze()
        assert (start["account"], start["isFrozen"]) == (waystation.account_id, True)
        waystation.clock.advance("1h30m")
        moved = waystation.clock.advance(timedelta(milliseconds=1500))["time"]
        assert instant(moved) - instant(start["time"]) == timedelta(minutes=90, milliseconds=1500)
        assert waystation.clock.set(datetime(2050, 1, 2, tzinfo=timezone.utc))["time"] == "2050-01-02T00:00:00.000Z"
        assert waystation.clock.read()["time"] == "2050-01-02T00:00:00.000Z"
        assert waystation.clock.resume()["isFrozen"] is False

    def test_goes_to_what_is_due_next(self, waystation, waystation_sqs, jobs):
        waystation.clock.freeze()
        waystation_sqs.send_message(QueueUrl=jobs, MessageBody="late", DelaySeconds=60)
        assert waystation.clock.due(limit=1)[0]["kind"] == "delay-ends"
        assert waystation.clock.advance_to_next()["due"][0]["inSeconds"] == pytest.approx(60)
        assert waystation.queue("jobs").counts() == {"visible": 1, "inFlight": 0, "delayed": 0}

    def test_is_no_number(self, waystation):
        with pytest.raises(TypeError, match='duration is a timedelta or a text such as "30s"'):
            waystation.clock.advance(30)


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


class TestAQueue:
    @pytest.mark.parametrize(
        "expected",
        [
            '{"id":7,"state":"Paid"}',
            re.compile("paid", re.IGNORECASE),
            {"id": 7},
            {"json": {"id": 7}},
            {"contains": "Paid"},
            {"path": "id", "equals": 7},
        ],
    )
    def test_has_a_message_as_it_is_expected(self, waystation, waystation_sqs, jobs, expected):
        waystation_sqs.send_message(QueueUrl=jobs, MessageBody='{"id":7,"state":"Paid"}')
        assert waystation.queue("jobs").wait_for_message(expected)["body"] == '{"id":7,"state":"Paid"}'
        with pytest.raises(WaystationError, match="and none was to be") as caught:
            waystation.queue("jobs").expect_no_message(expected, within="1h")
        assert caught.value.status == 409

    def test_has_none_as_it_is_not_expected(self, waystation, waystation_sqs, jobs):
        waystation_sqs.send_message(QueueUrl=jobs, MessageBody='{"id":7}')
        waystation.queue("jobs").expect_no_message({"id": 8}, within=timedelta(hours=1))
        waystation.queue("jobs").expect_no_message(event="received", within="1h")
        waystation.expect_no_message({"json": {"id": 8}}, timeout="0s")

    def test_has_a_message_back_that_was_not_deleted(self, waystation, waystation_sqs, jobs):
        waystation_sqs.send_message(QueueUrl=jobs, MessageBody="hello")
        waystation_sqs.receive_message(QueueUrl=jobs)
        assert [message["state"] for message in waystation.queue("jobs").messages()] == ["in-flight"]
        assert waystation.queue("jobs").wait("visible", within="30s")["holds"] is True
        assert waystation.wait("visible", queue="jobs")["count"] == 1

    def test_has_dead_letters(self, waystation, waystation_sqs):
        create_queue(waystation_sqs, "dead")
        redrive = {"deadLetterTargetArn": waystation.queue("dead").describe()["arn"], "maxReceiveCount": 1}
        url = create_queue(waystation_sqs, "jobs", RedrivePolicy=json.dumps(redrive), VisibilityTimeout="0")
        waystation_sqs.send_message(QueueUrl=url, MessageBody="broken")
        waystation_sqs.receive_message(QueueUrl=url)
        waystation_sqs.receive_message(QueueUrl=url)
        waystation.queue("jobs").wait("dead-lettered")
        assert waystation.queue("dead").dead_letters()["visible"] == 1
        assert [queue["name"] for queue in waystation.dead_letters()] == ["dead"]

    def test_says_what_is_missing(self, waystation, jobs):
        with pytest.raises(WaystationError, match="There never was a message in jobs") as caught:
            waystation.queue("jobs").wait("visible", count=2, timeout="0s")
        assert (caught.value.status, caught.value.details["wanted"]) == (409, 2)
        with pytest.raises(WaystationError, match="did you mean jobs"):
            waystation.queue("job").counts()

    def test_is_listed_page_by_page(self, waystation, waystation_sqs, jobs, monkeypatch):
        monkeypatch.setattr("waystation_testing.control.LARGEST_PAGE", 2)
        for number in range(5):
            waystation_sqs.send_message(QueueUrl=jobs, MessageBody=str(number))
        queue = waystation.queue("jobs")
        assert [message["body"] for message in queue.messages()] == list("01234")
        assert [message["body"] for message in queue.messages(limit=3)] == list("012")


class TestATopic:
    @pytest.fixture
    def orders(self, waystation_sns):
        return waystation_sns.create_topic(Name="orders")["TopicArn"]

    def test_delivers_or_is_explained(self, waystation, waystation_sns, jobs, orders):
        queue = waystation.queue("jobs").describe()["arn"]
        filters = {"FilterPolicy": json.dumps({"state": ["paid"]})}
        waystation_sns.subscribe(TopicArn=orders, Protocol="sqs", Endpoint=queue, Attributes=filters)
        topic = waystation.topic("orders")
        assert [match["wouldGetIt"] for match in topic.match("hello")] == [False]
        assert len(topic.subscriptions()) == 1
        published = waystation_sns.publish(TopicArn=orders, Message="order 7")["MessageId"]
        topic.wait_for_message("order 7")
        topic.settled(within="1h")
        topic.expect_no_message("order 7", event="delivered", within="1h")
        assert "Filtered out for queue jobs" in waystation.explain(published)["text"]
        assert [delivery["result"] for delivery in waystation.deliveries(topic=orders)] == ["filtered"]
        assert [found["name"] for found in waystation.topics()] == ["orders"]

    def test_has_what_leaves_the_machine_in_the_outbox(self, waystation, waystation_sns):
        waystation_sns.publish(PhoneNumber="+15550100", Message="hello")
        assert [message["body"] for message in waystation.outbox(protocol="sms")] == ["hello"]


def test_a_stream_has_its_records(waystation, waystation_kinesis):
    waystation_kinesis.create_stream(StreamName="clicks", ShardCount=1)
    waystation_kinesis.put_record(StreamName="clicks", PartitionKey="a", Data=b"hello")
    stream = waystation.stream("clicks")
    assert stream.wait_for_record("hello")["body"] == "hello"
    stream.expect_no_record("bye", within="1h")
    assert [record["data"] for record in stream.records()] == ["hello"]
    assert (stream.consumers(), stream.queues()) == ([], [])
    with pytest.raises(WaystationError):
        stream.caught_up(timeout="0s")
    assert [found["name"] for found in waystation.streams()] == ["clicks"]


def test_faults_happen_as_often_as_they_are_to(waystation, waystation_client, jobs):
    from botocore.config import Config

    sqs = waystation_client("sqs", config=Config(retries={"total_max_attempts": 1}))
    assert waystation.faults.add("throttle", operation="SendMessage", times=1)["seed"]
    with pytest.raises(sqs.exceptions.ClientError, match="RequestThrottled"):
        sqs.send_message(QueueUrl=jobs, MessageBody="hello")
    sqs.send_message(QueueUrl=jobs, MessageBody="hello")
    assert [fault["fired"] for fault in waystation.faults.list()] == [1]
    waystation.faults.remove()
    assert waystation.faults.list() == []
    assert [call["outcome"] for call in waystation.calls(operation="SendMessage")] == ["RequestThrottled", "OK"]


def test_worlds_are_kept_brought_back_and_copied(waystation, waystation_fresh_account, waystation_sqs, jobs):
    name = f"prepared-{waystation.account_id}"
    waystation_sqs.send_message(QueueUrl=jobs, MessageBody="hello")
    assert waystation.snapshot(name)["name"] == name
    document = waystation.document()
    copy = waystation.fork(waystation_fresh_account().account_id)
    waystation.reset()
    assert waystation.queues() == []
    waystation.restore(name)
    assert waystation.queue("jobs").counts()["visible"] == 1
    waystation.reset()
    waystation.restore({"document": document})
    assert waystation.queue("jobs").counts()["visible"] == copy.queue("jobs").counts()["visible"] == 1
    waystation.delete_snapshot(name)
    assert name not in [snapshot["name"] for snapshot in waystation.snapshots()]


def test_what_happened_is_told(waystation, waystation_sqs, jobs):
    waystation_sqs.send_message(QueueUrl=jobs, MessageBody="hello")
    waystation.settled()
    assert [step["kind"] for step in waystation.history(resource="jobs")] == ["created", "sent"]
    assert [finding["text"] for finding in waystation.report()] == ["Nobody reads jobs."]
    assert waystation.health()["services"]["sqs"] == "running"
    assert waystation.wait_for_message("hello")["body"] == "hello"


def test_functions_are_looked_at(waystation, waystation_client, waystation_sqs, tmp_path):
    waystation.clock.freeze()
    queue_arn = f"arn:aws:sqs:us-east-1:{waystation.account_id}:jobs"
    (tmp_path / "app.py").write_text("def handler(event, context):\n    raise ValueError('no')\n")
    code = {"directory": str(tmp_path), "handler": "app.handler", "eventSources": ["jobs"]}
    place = {"queues": ["jobs"], "functions": {"worker": code}}
    document = json.dumps({"accounts": {waystation.account_id: place}})
    assert [change["type"] for change in waystation.apply(document, dry_run=True)["changes"]] == [
        "queue",
        "function",
        "event source",
    ]
    assert waystation.functions() == []
    waystation.apply(document)
    waystation_client("lambda").invoke(FunctionName="worker", InvocationType="Event", Payload=b'{"a":1}')
    waystation.clock.advance("1ms")  # which waits for the function
    assert [(event["failures"], event["state"]) for event in waystation.function_events(function="worker")] == [
        (1, "waiting")
    ]
    assert [mapping["sourceArn"] for mapping in waystation.event_source_mappings()] == [queue_arn]
    assert [one["name"] for one in waystation.functions()] == ["worker"]
    assert [one["outcome"] for one in waystation.invocations(function="worker")] == ["failed"]
    assert json.loads(waystation.export("json"))["accounts"][waystation.account_id] == {
        **place,
        "queues": {"jobs": {}},
    }
    assert waystation.account_id in [each["account"] for each in waystation.accounts()["accounts"]]


def test_code_of_functions_starts_at_the_folder_of_a_file(waystation, tmp_path, monkeypatch):
    code = tmp_path / "code"
    code.mkdir()
    (code / "app.py").write_text("def handler(event, context):\n    return 1\n")
    worker = {"directory": "./code", "handler": "app.handler"}
    text = json.dumps({"accounts": {waystation.account_id: {"functions": {"worker": worker}}}})
    (tmp_path / "waystation.yaml").write_text(text)
    with pytest.raises(WaystationError, match="its directory ./code is relative"):
        waystation.apply(text)
    monkeypatch.chdir(tmp_path)
    waystation.apply(pathlib.Path("waystation.yaml"))
    assert [one["code"]["location"] for one in waystation.functions()] == [str(code)]
    assert waystation.apply(text, directory=tmp_path)["unchanged"] == 1
    with pytest.raises(WaystationError, match="there is no directory"):
        waystation.apply(pathlib.Path("waystation.yaml"), directory="code")


def test_proxies_are_for_others(waystation, waystation_sqs, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    create_queue(waystation.client("sqs"), "jobs")
    assert [queue["name"] for queue in waystation.queues()] == ["jobs"]
    monkeypatch.setenv("NO_PROXY", "intranet")
    variables = waystation.environment()
    assert variables["NO_PROXY"] == variables["no_proxy"] == "intranet,127.0.0.1"


def test_a_server_that_is_not_there_is_named():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        with pytest.raises(NoServer, match=f"No Waystation answers at http://127.0.0.1:{other.getsockname()[1]}"):
            connect(f"http://127.0.0.1:{other.getsockname()[1]}/").queues()
