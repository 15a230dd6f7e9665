"""Consumers of a queue, a thread each."""
import concurrent.futures

# So many receives in a row wait a second for nothing before a record counts as lost.
PATIENCE = 120


class Consumer:
    """Acknowledges what it can work off, and gives the rest back at once."""

    def __init__(self, kinesis, queue_arn, ledger, can_work_off):
        self._kinesis = kinesis
        self._queue_arn = queue_arn
        self._ledger = ledger
        self._can_work_off = can_work_off

    def run(self):
        idle = 0
        while not self._ledger.is_settled():
            records = self._receive()
            idle = 0 if records else idle + 1
            assert idle < PATIENCE, f"nothing comes any more, but {self._ledger.missing()} should"
            self._work_off(records)

    def crash_in_the_middle(self):
        """Ends with a part of what it has received acknowledged. Returns when it has received something."""
        records = []
        while len(records) < 2:
            self._work_off(records)
            records = self._receive()
        half = len(records) // 2
        self._work_off(records[:half])
        self._ledger.crashed([name for name, _ in records[half:]])

    def _receive(self):
        reply = self._kinesis.receive_queue_records(QueueARN=self._queue_arn, WaitTimeSeconds=1)
        assert len(reply["QueueRecords"]) <= 10
        return [(self._ledger.delivered(record), record["ReceiptHandle"]) for record in reply["QueueRecords"]]

    def _work_off(self, records):
        self._acknowledge([(name, handle) for name, handle in records if self._can_work_off(name)])
        self._give_back([(name, handle) for name, handle in records if not self._can_work_off(name)])

    def _acknowledge(self, records):
        if not records:
            return
        for name, _ in records:
            self._ledger.acknowledging(name)
        entries = [{"ReceiptHandle": handle} for _, handle in records]
        # Once more, as a client does that has not heard the answer.
        for _ in range(2):
            reply = self._kinesis.acknowledge_queue_records(QueueARN=self._queue_arn, Entries=entries)
            assert reply["Successful"] == entries and reply["Failed"] == [], reply

    def _give_back(self, records):
        if not records:
            return
        for name, _ in records:
            self._ledger.releasing(name)
        entries = [{"ReceiptHandle": handle, "VisibilityTimeoutSeconds": 0} for _, handle in records]
        reply = self._kinesis.update_queue_records_visibility(QueueARN=self._queue_arn, Entries=entries)
        assert len(reply["Successful"]) == len(entries) and reply["Failed"] == [], reply


def at_once(*tasks):
    """Runs the tasks side by side. Fails with what the first of them fails with."""
    with concurrent.futures.ThreadPoolExecutor(len(tasks)) as threads:
        for future in [threads.submit(task) for task in tasks]:
            future.result()
