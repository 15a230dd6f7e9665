"""What a group of consumers may expect of a queue, checked at every delivery."""
import collections
import threading

# After which what does not come counts as lost.
PATIENCE_SECONDS = 300


class Ledger:
    def __init__(self, max_receive_count):
        self.sent = {}
        self.acknowledged = set()
        self.crashes = 0
        self._max_receive_count = max_receive_count
        self._lock = threading.Condition()
        self._offered = {}
        self._is_complete = False
        self._held = set()
        self._abandoned = set()
        self._deliveries = collections.Counter()

    def offer(self, name, key):
        """Says that a record is on its way to the stream. It may be delivered before the producer hears that it is there."""
        with self._lock:
            self._offered[name] = key

    def accepted(self, name):
        with self._lock:
            self.sent[name] = self._offered[name]

    def complete(self):
        """Says that nothing more is sent."""
        with self._lock:
            self._is_complete = True

    def delivered(self, record):
        """Takes a delivery, and returns the record's name. Fails for one that must not be."""
        name = record["Data"].decode().strip()
        with self._lock:
            self._deliveries[name] += 1
            assert name in self._offered, f"{name} was never sent"
            assert name not in self.acknowledged, f"{name} came back, although it was acknowledged"
            assert name not in self._held, f"{name} came twice, although it is in flight"
            assert record["PartitionKey"] == self._offered[name], f"{name} has another partition key"
            count = record["ReceiveCount"]
            assert count == self._deliveries[name], f"{name} says {count} for delivery {self._deliveries[name]}"
            self._held.add(name)
            self._lock.notify_all()
        return name

    def wait_for_deliveries(self):
        """Returns when all that is sent has been delivered once."""
        with self._lock:
            is_done = self._lock.wait_for(lambda: self.sent.keys() <= self._deliveries.keys(), PATIENCE_SECONDS)
            assert is_done, f"{self.sent.keys() - self._deliveries.keys()} do not come"

    def acknowledging(self, name):
        """From here on the record may not come back."""
        with self._lock:
            self.acknowledged.add(name)
            self._held.discard(name)

    def releasing(self, name):
        with self._lock:
            self._held.discard(name)

    def crashed(self, names):
        """Says that a consumer is gone, and what it had in hand."""
        with self._lock:
            self._abandoned.update(names)
            self.crashes += 1

    def timed_out(self):
        """Says that what the crashed had in hand can be delivered again."""
        with self._lock:
            self._held.difference_update(self._abandoned)
            self._abandoned.clear()

    def restored(self, name):
        with self._lock:
            self._deliveries[name] = 0

    def is_settled(self):
        """Whether there is nothing left to receive: all is acknowledged, dead, or in the hands of the crashed."""
        with self._lock:
            return self._is_complete and not self.missing()

    def missing(self):
        """What is still to be received."""
        with self._lock:
            return [name for name in self.sent if not self._is_settled(name)]

    def _is_settled(self, name):
        is_dead = self._deliveries[name] == self._max_receive_count and name not in self._held
        return name in self.acknowledged or name in self._abandoned or is_dead
