"""Three consumers on a queue whose stream grows under them."""
import unittest
from datetime import timedelta

from clients import client
from consumers import Consumer, at_once
from ledger import Ledger
from waystation_testing import start

ACCOUNT = "570000000001"
VISIBILITY_TIMEOUT = 3600
MAX_RECEIVE_COUNT = 3
BATCH = 20
# A shard is split that was offered more than half of what it can take in a minute.
BURST = 35
MEGABYTE = 1_000_000


def is_poison(name):
    return name.startswith("poison")


class QueueTest(unittest.TestCase):
    def setUp(self):
        server = start(["--kinesis-capacity", "on"])
        self.addCleanup(server.stop)
        self.account = server.account(ACCOUNT)
        self.kinesis = client(self.account, "kinesis")
        self.ledger = Ledger(MAX_RECEIVE_COUNT)
        self.count = 0

    def test_nothing_is_lost_and_nothing_acknowledged_comes_back(self):
        self.create_resharded_stream()
        self.create_queue()
        self.consume_with_crashes()
        self.advance(VISIBILITY_TIMEOUT)
        self.ledger.timed_out()
        self.consume(lambda name: not is_poison(name))
        self.restore_dead_letters()
        self.consume(lambda name: True)
        self.assertEqual(self.ledger.acknowledged, set(self.ledger.sent))
        self.expect_nothing_more()
        self.expect_everything_in_the_stream()
        self.delete()

    def advance(self, seconds):
        self.account.clock.advance(timedelta(seconds=seconds))

    def create_resharded_stream(self):
        """A stream whose first shards are closed, with records in them."""
        self.kinesis.create_stream(StreamName="orders", ShardCount=2)
        self.kinesis.get_waiter("stream_exists").wait(StreamName="orders")
        self.put(self.batch())
        self.kinesis.update_shard_count(StreamName="orders", TargetShardCount=3, ScalingType="UNIFORM_SCALING")
        self.kinesis.get_waiter("stream_exists").wait(StreamName="orders")
        self.put(self.batch())
        summary = self.kinesis.describe_stream_summary(StreamName="orders")["StreamDescriptionSummary"]
        self.stream_arn = summary["StreamARN"]
        on_demand = {"StreamMode": "ON_DEMAND"}
        self.kinesis.update_stream_mode(StreamARN=self.stream_arn, StreamModeDetails=on_demand)
        self.kinesis.get_waiter("stream_exists").wait(StreamName="orders")

    def create_queue(self):
        dead_letters = {"TargetType": "BUILT_IN", "MaxReceiveCount": MAX_RECEIVE_COUNT}
        created = self.kinesis.create_queue(
            QueueName="billing",
            StreamConfigurationList=[{"StreamARN": self.stream_arn, "StartingPosition": {"Type": "TRIM_HORIZON"}}],
            QueueAttributes={"VisibilityTimeoutSeconds": VISIBILITY_TIMEOUT, "DeadLetterConfiguration": dead_letters},
        )["QueueDescription"]
        self.assertEqual(created["QueueStatus"], "CREATING")
        self.queue_arn = created["QueueARN"]
        described = self.kinesis.describe_queue(QueueARN=self.queue_arn)["QueueDescription"]
        self.assertEqual(described["QueueStatus"], "ACTIVE")
        self.assertEqual(described["QueueAttributes"]["DeadLetterConfiguration"], dead_letters)
        [listed] = self.kinesis.list_queues()["QueueSummaries"]
        self.assertEqual((listed["QueueName"], listed["QueueARN"]), ("billing", self.queue_arn))

    def batch(self):
        """New records, as names and partition keys. One in each batch cannot be worked off at first."""
        names = [f"{'order' if at else 'poison'}-{self.count + at}" for at in range(BATCH)]
        self.count += BATCH
        return [(name, f"customer-{name}") for name in names]

    def put(self, records, padding=0, is_repeated=True):
        """Puts records into the stream; what is throttled is put again, or let go."""
        for name, key in records:
            self.ledger.offer(name, key)
        while records:
            entries = [{"Data": name.ljust(padding).encode(), "PartitionKey": key} for name, key in records]
            reply = self.kinesis.put_records(StreamName="orders", Records=entries)["Records"]
            refused = [record for record, entry in zip(records, reply) if "ErrorCode" in entry]
            for name, _ in set(records) - set(refused):
                self.ledger.accepted(name)
            records = refused if is_repeated else []
            if records:
                self.advance(1)

    def produce(self):
        """Puts records until every consumer has crashed, and has the stream grow in between."""
        open_before = self.open_shard_count()
        self.put(self.batch())
        for start in range(0, BURST, 5):
            burst = [(f"burst-{at}", "one customer") for at in range(start, start + 5)]
            self.put(burst, padding=MEGABYTE, is_repeated=False)
        self.advance(61)
        while self.open_shard_count() == open_before or self.ledger.crashes < 3:
            self.put(self.batch())
            self.ledger.wait_for_deliveries()
            # Descriptions are counted by the second.
            self.advance(1)
        self.put(self.batch())
        self.ledger.complete()

    def open_shard_count(self):
        return self.kinesis.describe_stream_summary(StreamName="orders")["StreamDescriptionSummary"]["OpenShardCount"]

    def consumer(self, can_work_off):
        return Consumer(client(self.account, "kinesis"), self.queue_arn, self.ledger, can_work_off)

    def consume_with_crashes(self):
        def seat():
            self.consumer(lambda name: not is_poison(name)).crash_in_the_middle()
            self.consumer(lambda name: not is_poison(name)).run()

        at_once(self.produce, seat, seat, seat)
        self.assertEqual(self.ledger.crashes, 3)

    def consume(self, can_work_off):
        consumers = [self.consumer(can_work_off) for _ in range(3)]
        at_once(*[consumer.run for consumer in consumers])

    def receive_dead_letters(self):
        found = {}
        while True:
            reply = self.kinesis.receive_dead_letter_queue_records(QueueARN=self.queue_arn, WaitTimeSeconds=1)
            if not reply["QueueRecords"]:
                return found
            for record in reply["QueueRecords"]:
                name = record["Data"].decode()
                self.assertNotIn(name, found)
                self.assertEqual(record["PartitionKey"], self.ledger.sent[name])
                found[name] = record["ReceiptHandle"]

    def restore_dead_letters(self):
        """Has all dead letters delivered anew but one, which is discarded."""
        dead = self.receive_dead_letters()
        self.assertEqual(set(dead), set(filter(is_poison, self.ledger.sent)))
        (discarded, handle), *others = dead.items()
        reply = self.kinesis.acknowledge_dead_letter_queue_records(
            QueueARN=self.queue_arn, Entries=[{"ReceiptHandle": handle}]
        )
        self.assertEqual(reply["Failed"], [])
        self.ledger.acknowledging(discarded)
        for name, _ in others:
            self.ledger.restored(name)
        for start in range(0, len(others), 10):
            entries = [{"ReceiptHandle": handle} for _, handle in others[start : start + 10]]
            reply = self.kinesis.restore_dead_letter_queue_records(QueueARN=self.queue_arn, Entries=entries)
            self.assertEqual((reply["Successful"], reply["Failed"]), (entries, []))

    def expect_nothing_more(self):
        self.advance(2 * VISIBILITY_TIMEOUT)
        reply = self.kinesis.receive_queue_records(QueueARN=self.queue_arn, WaitTimeSeconds=1)
        self.assertEqual(reply["QueueRecords"], [])
        self.assertEqual(self.receive_dead_letters(), {})

    def expect_everything_in_the_stream(self):
        """A reader of the stream does not notice what the queue hands out."""
        shards = self.kinesis.list_shards(StreamName="orders")["Shards"]
        names = [name for shard in shards for name in self.names_in(shard["ShardId"])]
        self.assertEqual(sorted(names), sorted(self.ledger.sent))

    def names_in(self, shard_id):
        self.advance(1)
        iterator = self.kinesis.get_shard_iterator(
            StreamName="orders", ShardId=shard_id, ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        names = []
        while iterator is not None:
            self.advance(10)
            reply = self.kinesis.get_records(ShardIterator=iterator)
            names += [record["Data"].decode().strip() for record in reply["Records"]]
            is_end = reply["MillisBehindLatest"] == 0 and not reply["Records"]
            iterator = None if is_end else reply.get("NextShardIterator")
        return names

    def delete(self):
        with self.assertRaises(self.kinesis.exceptions.ResourceInUseException):
            self.kinesis.delete_stream(StreamName="orders", EnforceConsumerDeletion=True)
        self.kinesis.delete_queue(QueueARN=self.queue_arn)
        with self.assertRaises(self.kinesis.exceptions.ResourceNotFoundException):
            self.kinesis.describe_queue(QueueARN=self.queue_arn)
        self.kinesis.delete_stream(StreamName="orders", EnforceConsumerDeletion=True)


if __name__ == "__main__":
    unittest.main()
