"""A server in a process that ends with this one, and clients for it."""
import atexit
import pathlib
import subprocess
import urllib.request

import boto3
from botocore.config import Config

MAIN = pathlib.Path(__file__).parents[3] / "dist" / "bundle" / "main.js"


class Waystation:
    def __init__(self, *options):
        command = ["node", str(MAIN), "start", "--port", "0", "--log-level", "error", *options]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        atexit.register(self.stop)
        self.endpoint = self._process.stdout.readline().split()[-1]

    def stop(self):
        self._process.terminate()
        self._process.wait()
        self._process.stdout.close()
        atexit.unregister(self.stop)

    def client(self, service, account):
        """A client of that account, one to a thread."""
        return boto3.session.Session().client(
            service,
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=account,
            aws_secret_access_key="any",
            # A retry would be a second receive, which the tests count.
            config=Config(retries={"total_max_attempts": 1}, read_timeout=300),
        )

    def advance(self, account, seconds):
        """Moves the clock of an account; what fell due has happened when this returns."""
        url = f"{self.endpoint}/_waystation/clock/advance?seconds={seconds}&account={account}"
        with urllib.request.urlopen(urllib.request.Request(url, method="POST")):
            pass
