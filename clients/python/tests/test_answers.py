"""The types of answers are those of the server."""
import json
import urllib.request

import answers


def test_they_are_written_from_what_the_server_says(waystation_server):
    with urllib.request.urlopen(f"{waystation_server.endpoint}/_waystation/openapi.json") as answer:
        assert answers.TARGET.read_text("utf-8") == answers.written(json.load(answer))
