"""What a test does with the emulator beside AWS's API: its control routes, of one account."""
import json
import urllib.error
import urllib.parse
import urllib.request


class Refused(Exception):
    """What a control route does not do, or what does not hold, with the sentence it says."""

    def __init__(self, status, answer):
        super().__init__(answer["message"])
        self.status = status
        self.answer = answer


class Fixture:
    def __init__(self, endpoint, account):
        self._endpoint = endpoint
        self._account = account

    def get(self, path, **inputs):
        query = urllib.parse.urlencode({"account": self._account, **inputs})
        return self._ask("GET", f"{path}?{query}", None)

    def post(self, path, **inputs):
        return self._ask("POST", path, json.dumps({"account": self._account, **inputs}).encode())

    def wait(self, until, **inputs):
        return self.post("wait", until=until, **inputs)

    def now(self):
        """The account's time in ISO 8601."""
        return self.get("clock")["time"]

    def _ask(self, method, path, body):
        request = urllib.request.Request(f"{self._endpoint}/_waystation/{path}", data=body, method=method)
        try:
            with urllib.request.urlopen(request) as response:
                text = response.read()
        except urllib.error.HTTPError as error:
            with error:
                raise Refused(error.code, json.loads(error.read())) from None
        return json.loads(text) if text else None
