"""How clients of AWS find the server."""
import importlib
import os
import urllib.parse
from typing import Any, Dict, List, Mapping, Optional

from .errors import NoServer

REGION = "us-east-1"
_SERVICES = ("SQS", "SNS", "KINESIS")

#: Variables that would lead clients elsewhere, or have them be somebody else.
MISLEADING: List[str] = [
    *(f"AWS_ENDPOINT_URL_{service}" for service in _SERVICES),
    "AWS_DEFAULT_PROFILE",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "AWS_PROFILE",
    "AWS_SESSION_TOKEN",
]


def environment(endpoint: str, region: str, account: Optional[str], mixed: bool) -> Dict[str, str]:
    """Variables by which clients of AWS go to the server; ``mixed``, those of the services alone that it serves."""
    names = [f"AWS_ENDPOINT_URL_{service}" for service in _SERVICES] if mixed else ["AWS_ENDPOINT_URL"]
    return {
        **{name: endpoint for name in names},
        "AWS_ACCESS_KEY_ID": account or "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": region,
        "AWS_REGION": region,
        **_past_proxies(endpoint),
    }


def _past_proxies(endpoint: str) -> Dict[str, str]:
    """Where the environment has a proxy for addresses like the server's, it is for others: whom it is not for, and the server."""
    where = urllib.parse.urlsplit(endpoint)
    if not any(value and name.lower() in (f"{where.scheme}_proxy", "all_proxy") for name, value in os.environ.items()):
        return {}
    names = ("NO_PROXY", "no_proxy")
    said = [host.strip() for name in names for host in os.environ.get(name, "").split(",")]
    hosts = [host for host in [*said, where.hostname] if host]
    return dict.fromkeys(names, "*" if "*" in hosts else ",".join(dict.fromkeys(hosts)))


def client(service: str, endpoint: str, region: str, account: Optional[str], options: Mapping[str, Any]) -> Any:
    """A boto3 client in a session of its own, so that nobody else's credentials are kept in it."""
    try:
        boto3: Any = importlib.import_module("boto3")
        Config: Any = importlib.import_module("botocore.config").Config
    except ModuleNotFoundError as error:
        raise NoServer("Clients are made by boto3, which is not installed: python3 -m pip install boto3.") from error
    # A server on this machine is not behind a proxy.
    config = Config(proxies={}).merge(options.get("config") or Config())
    place = {"endpoint_url": endpoint, "region_name": region}
    who = {"aws_access_key_id": account or "test", "aws_secret_access_key": "test"}
    return boto3.session.Session().client(service, **{**place, **who, **options, "config": config})
