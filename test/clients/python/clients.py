"""Clients of boto3 for tests that count calls."""
from botocore.config import Config

# A retry would be a second receive.
_CONFIG = Config(retries={"total_max_attempts": 1}, read_timeout=300)


def client(account, service):
    """A client of that account, one to a thread."""
    return account.client(service, config=_CONFIG)
