"""Waystation, a local emulator of Amazon SQS, SNS and Kinesis, in tests.

``connect(endpoint)`` is a server that runs already, ``start()`` one of one's own. The fixtures of pytest come with the
plug-in: ``waystation`` gives each test an account that nobody used before.
"""
from .clock import Clock
from .errors import NoServer, WaystationError
from .faults import Faults
from .queue import QueueHandle
from .server import Server, start
from .stream import StreamHandle
from .topic import TopicHandle
from .waystation import Waystation, connect

__all__ = [
    "Clock",
    "Faults",
    "NoServer",
    "QueueHandle",
    "Server",
    "StreamHandle",
    "TopicHandle",
    "Waystation",
    "WaystationError",
    "connect",
    "start",
]
