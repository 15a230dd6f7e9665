"""What a test does beside AWS's API, from Python: no test sleeps, and none asks again until something is so."""
import http.server
import json
import threading
import unittest
import urllib.request
from datetime import datetime, timedelta

from clients import client
from waystation_testing import WaystationError, start


class FixtureTest(unittest.TestCase):
    accounts = 0

    @classmethod
    def setUpClass(cls):
        cls.server = start()
        cls.addClassCleanup(cls.server.stop)

    def setUp(self):
        """Gives each test an account that nobody used before, whose time stands still."""
        FixtureTest.accounts += 1
        self.waystation = self.server.account(f"{FixtureTest.accounts:012}")
        self.waystation.clock.freeze()

    def client(self, service):
        made = client(self.waystation, service)
        self.addCleanup(made.close)
        return made

    def passed_since(self, start):
        return datetime.fromisoformat(self.waystation.clock.read()["time"][:-1]) - datetime.fromisoformat(start[:-1])

    def test_a_message_received_three_times_in_vain_ends_in_the_dead_letter_queue(self):
        sqs = self.client("sqs")
        sqs.create_queue(QueueName="dead-letters")
        target = f"arn:aws:sqs:us-east-1:{self.waystation.account_id}:dead-letters"
        redrive = json.dumps({"deadLetterTargetArn": target, "maxReceiveCount": 3})
        url = sqs.create_queue(QueueName="jobs", Attributes={"RedrivePolicy": redrive})["QueueUrl"]
        sqs.send_message(QueueUrl=url, MessageBody="broken")
        for _ in range(4):
            self.waystation.queue("jobs").wait("visible", within="30s")
            sqs.receive_message(QueueUrl=url)
        self.waystation.queue("jobs").wait("dead-lettered")
        self.waystation.queue("jobs").wait("empty")
        [dead] = self.waystation.queue("dead-letters").messages()
        self.assertEqual((dead["body"], dead["receiveCount"]), ("broken", 3))

    def test_an_endpoint_that_is_down_for_an_hour_gets_its_message_at_last(self):
        sns = self.client("sns")
        topic = sns.create_topic(Name="orders")["TopicArn"]
        receiver = Receiver()
        self.addCleanup(receiver.stop)
        retry = {"numRetries": 6, "minDelayTarget": 600, "maxDelayTarget": 600, "backoffFunction": "linear"}
        policy = json.dumps({"healthyRetryPolicy": retry})
        sns.subscribe(TopicArn=topic, Protocol="http", Endpoint=receiver.url, Attributes={"DeliveryPolicy": policy})
        self.waystation.topic("orders").settled()
        self.waystation.faults.add({"type": "fail-delivery", "status": 503}, times=6)
        start = self.waystation.clock.read()["time"]
        sns.publish(TopicArn=topic, Message="hello")
        self.waystation.topic("orders").settled(within="2h")
        self.assertEqual(receiver.notifications, ["hello"])
        self.assertEqual(self.passed_since(start), timedelta(hours=1))
        attempts = [line["result"] for line in self.waystation.deliveries()][1:]
        self.assertEqual(attempts, ["retrying"] * 6 + ["delivered"])

    def test_a_message_that_nobody_receives_is_gone_after_four_days(self):
        sqs = self.client("sqs")
        url = sqs.create_queue(QueueName="jobs")["QueueUrl"]
        sqs.send_message(QueueUrl=url, MessageBody="hello")
        self.waystation.clock.advance("3d23h59m59s")
        self.assertEqual(self.waystation.queue("jobs").counts()["visible"], 1)
        self.waystation.queue("jobs").wait("empty", within="1s")
        self.assertNotIn("Messages", sqs.receive_message(QueueUrl=url))

    def test_a_consumer_goes_on_with_the_shards_that_its_shard_was_split_into(self):
        kinesis = self.client("kinesis")
        kinesis.create_stream(StreamName="clicks", ShardCount=1)
        [stream] = self.waystation.streams()
        consumer = kinesis.register_stream_consumer(StreamARN=stream["arn"], ConsumerName="reader")["Consumer"]
        first = stream["shards"][0]["shardId"]
        events = self.subscribe(consumer, first)
        kinesis.put_record(StreamName="clicks", PartitionKey="before", Data=b"before")
        self.waystation.stream("clicks").caught_up("reader")
        kinesis.split_shard(StreamName="clicks", ShardToSplit=first, NewStartingHashKey=str(2**127))
        seen, children = read_to_the_end(events)
        shards = self.waystation.streams()[0]["shards"]
        self.assertEqual(sorted(children), sorted(shard["shardId"] for shard in shards if shard["isOpen"]))
        for key in "abcd":
            kinesis.put_record(StreamName="clicks", PartitionKey=key, Data=key.encode())
        for child in children:
            stored = self.waystation.stream("clicks").records(shard=child)
            seen += read(self.subscribe(consumer, child), len(stored))
        self.assertEqual(sorted(seen), ["a", "b", "before", "c", "d"])

    def subscribe(self, consumer, shard):
        """A consumer has a client of its own: each event stream keeps a connection."""
        position = {"Type": "TRIM_HORIZON"}
        answer = self.client("kinesis").subscribe_to_shard(
            ConsumerARN=consumer["ConsumerARN"], ShardId=shard, StartingPosition=position
        )
        self.addCleanup(answer["EventStream"].close)
        return answer["EventStream"]

    def test_a_producer_that_is_throttled_backs_off(self):
        kinesis = self.client("kinesis")
        kinesis.create_stream(StreamName="clicks", ShardCount=1)
        self.waystation.faults.add("throttle", operation="PutRecord", times=3)
        start = self.waystation.clock.read()["time"]
        delay = 0.1
        while True:
            try:
                kinesis.put_record(StreamName="clicks", PartitionKey="a", Data=b"hello")
                break
            except kinesis.exceptions.ProvisionedThroughputExceededException:
                self.waystation.clock.advance(timedelta(seconds=delay))
                delay *= 2
        self.waystation.stream("clicks").wait_for_record("hello")
        self.assertEqual(self.passed_since(start), timedelta(milliseconds=700))
        outcomes = [call["outcome"] for call in self.waystation.calls(operation="PutRecord")]
        self.assertEqual(outcomes, ["ProvisionedThroughputExceededException"] * 3 + ["OK"])

    def test_a_message_that_does_not_come_is_explained(self):
        sqs, sns = self.client("sqs"), self.client("sns")
        sqs.create_queue(QueueName="paid-orders")
        topic = sns.create_topic(Name="orders")["TopicArn"]
        queue = f"arn:aws:sqs:us-east-1:{self.waystation.account_id}:paid-orders"
        filters = {"FilterPolicy": json.dumps({"state": ["paid"]})}
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue, Attributes=filters)
        published = sns.publish(TopicArn=topic, Message="order 7")["MessageId"]
        self.waystation.queue("paid-orders").expect_no_message({"contains": "order 7"}, within="1h")
        text = self.waystation.explain(published)["text"]
        self.assertIn("Filtered out for queue paid-orders: The message has no attributes", text)

    def test_what_does_not_hold_says_what_is_missing(self):
        self.client("sqs").create_queue(QueueName="jobs")
        with self.assertRaises(WaystationError) as caught:
            self.waystation.queue("jobs").wait("visible", count=2, timeout="0s")
        self.assertEqual((caught.exception.status, caught.exception.details["wanted"]), (409, 2))
        with self.assertRaisesRegex(WaystationError, "did you mean jobs?"):
            self.waystation.queue("job").wait("empty")


def read_to_the_end(events):
    """The records of a shard, and the shards it was split into."""
    seen = []
    for event in events:
        found = event["SubscribeToShardEvent"]
        seen += [record["Data"].decode() for record in found["Records"]]
        if found.get("ChildShards"):
            return seen, [child["ShardId"] for child in found["ChildShards"]]
    raise AssertionError("the shard did not end")


def read(events, count):
    """So many records of a shard that stays open."""
    seen = []
    while len(seen) < count:
        seen += [record["Data"].decode() for record in next(iter(events))["SubscribeToShardEvent"]["Records"]]
    return seen


class Receiver:
    """An HTTP endpoint that confirms its subscription."""

    def __init__(self):
        self.notifications = []
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if message["Type"] == "SubscriptionConfirmation":
                    urllib.request.urlopen(message["SubscribeURL"]).close()
                else:
                    receiver.notifications.append(message["Message"])
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    def stop(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


if __name__ == "__main__":
    unittest.main()
