#!/usr/bin/env python3
"""Verifies the signatures of the emulator's SNS messages with the `cryptography` package.

Usage: verify_sns_signature.py [path of main.js]

Starts the emulator as built by `npm run build`, or the one named, has it deliver notifications and confirmations of both signature
versions to a queue, to an HTTP endpoint and to a function, fetches the certificate each message names, and checks certificate and
signature by the rules AWS publishes. Ends with 0 if everything holds.
"""

import base64
import http.server
import json
import pathlib
import queue
import re
import subprocess
import sys
import threading
import urllib.parse
import urllib.request
import xml.etree.ElementTree

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

# https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html
SIGNED = {
    "Notification": ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
    "SubscriptionConfirmation": ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
    "UnsubscribeConfirmation": ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
}
DIGESTS = {"1": hashes.SHA1, "2": hashes.SHA256}
CERTIFICATE_URL = re.compile(r"^http://127\.0\.0\.1:\d+/SimpleNotificationService-[0-9a-f]{32}\.pem$")

SUBJECT = "Grüße"
MESSAGE = 'zwei\nZeilen, "Zitat", 日本語, 🎉\n'
PATIENCE_SECONDS = 60


def string_to_sign(message: dict) -> bytes:
    names = [name for name in SIGNED[message["Type"]] if message.get(name) is not None]
    return "".join(f"{name}\n{message[name]}\n" for name in names).encode()


def fetch_certificate(url: str) -> x509.Certificate:
    assert CERTIFICATE_URL.match(url), f"certificate at {url}"
    with urllib.request.urlopen(url) as response:
        return x509.load_pem_x509_certificate(response.read())


def check_certificate(certificate: x509.Certificate) -> None:
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert certificate.subject.rfc4514_string() == "CN=sns.amazonaws.com", certificate.subject
    for host in ("sns.amazonaws.com", "sns.us-east-1.amazonaws.com", "localhost"):
        assert host in names.get_values_for_type(x509.DNSName), f"{host} is not in the certificate"
    assert certificate.public_key().key_size == 2048
    certificate.verify_directly_issued_by(certificate)


def is_signed(message: dict, version: str) -> bool:
    """Whether the signature holds. A function's event says version 1 whatever it is, so the version is handed in."""
    certificate = fetch_certificate(message.get("SigningCertURL") or message["SigningCertUrl"])
    check_certificate(certificate)
    key = certificate.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    try:
        signature = base64.b64decode(message["Signature"], validate=True)
        key.verify(signature, string_to_sign(message), padding.PKCS1v15(), DIGESTS[version]())
        return True
    except InvalidSignature:
        return False


def check_message(message: dict, version: str, kind: str) -> None:
    assert message["Type"] == kind, f"{message['Type']} instead of {kind}"
    assert message["SignatureVersion"] == version, f"version {message['SignatureVersion']} instead of {version}"
    assert is_signed(message, version), f"{kind}, version {version}: the signature does not hold"
    assert not is_signed({**message, "Message": message["Message"] + " "}, version), f"{kind}: anything holds"
    print(f"{kind}, version {version}: the signature holds")


class Endpoint:
    """An HTTP endpoint that keeps what is posted to it."""

    def __init__(self) -> None:
        bodies: "queue.Queue[str]" = queue.Queue()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                bodies.put(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.bodies = bodies
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def next_message(self) -> dict:
        return json.loads(self.bodies.get(timeout=PATIENCE_SECONDS))


class Emulator:
    """The built emulator on a free port, called through the Query protocol."""

    def __init__(self, main: str) -> None:
        command = ["node", main, "start", "--port", "0", "--log-level", "error"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        ready = re.search(r"http://\S+", self.process.stdout.readline())
        assert ready, "the emulator does not start"
        self.origin = ready.group()

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE_SECONDS)

    def call(self, action: str, version: str, **parameters: str) -> xml.etree.ElementTree.Element:
        form = urllib.parse.urlencode({"Action": action, "Version": version, **parameters}).encode()
        with urllib.request.urlopen(f"{self.origin}/", form) as response:
            return xml.etree.ElementTree.fromstring(response.read())

    def sns(self, action: str, **parameters: str) -> xml.etree.ElementTree.Element:
        return self.call(action, "2010-03-31", **parameters)

    def sqs(self, action: str, **parameters: str) -> xml.etree.ElementTree.Element:
        return self.call(action, "2012-11-05", **parameters)


def text_of(answer: xml.etree.ElementTree.Element, name: str) -> str:
    found = answer.find(f".//{{*}}{name}")
    assert found is not None and found.text, f"there is no {name}"
    return found.text


def check_version(emulator: Emulator, version: str) -> None:
    topic = text_of(emulator.sns("CreateTopic", Name=f"topic-{version}"), "TopicArn")
    emulator.sns("SetTopicAttributes", TopicArn=topic, AttributeName="SignatureVersion", AttributeValue=version)
    url = text_of(emulator.sqs("CreateQueue", QueueName=f"queue-{version}"), "QueueUrl")
    arn = topic.replace(":sns:", ":sqs:").replace("topic-", "queue-")
    emulator.sns("Subscribe", TopicArn=topic, Protocol="sqs", Endpoint=arn)

    function = "arn:aws:lambda:us-east-1:000000000000:function:verify"
    emulator.sns("Subscribe", TopicArn=topic, Protocol="lambda", Endpoint=function)

    endpoint = Endpoint()
    emulator.sns("Subscribe", TopicArn=topic, Protocol="http", Endpoint=endpoint.url)
    confirmation = endpoint.next_message()
    check_message(confirmation, version, "SubscriptionConfirmation")
    urllib.request.urlopen(confirmation["SubscribeURL"]).close()

    for subject in ({"Subject": SUBJECT}, {}):
        emulator.sns("Publish", TopicArn=topic, Message=MESSAGE, **subject)
        received = emulator.sqs("ReceiveMessage", QueueUrl=url, WaitTimeSeconds="20")
        emulator.sqs("DeleteMessage", QueueUrl=url, ReceiptHandle=text_of(received, "ReceiptHandle"))
        for message in (json.loads(text_of(received, "Body")), endpoint.next_message()):
            assert message["Message"] == MESSAGE and message.get("Subject") == subject.get("Subject")
            check_message(message, version, "Notification")

    check_event(emulator, topic, version)
    urllib.request.urlopen(message["UnsubscribeURL"]).close()
    check_message(endpoint.next_message(), version, "UnsubscribeConfirmation")


def check_event(emulator: Emulator, topic: str, version: str) -> None:
    """What a function would have been invoked with. As AWS does, it says version 1 whatever it is."""
    with urllib.request.urlopen(f"{emulator.origin}/_waystation/outbox?protocol=lambda") as response:
        bodies = [sent["body"] for sent in json.load(response)["messages"] if sent["topicArn"] == topic]
    assert bodies, "no function was to be invoked"
    for body in bodies:
        message = json.loads(body)["Records"][0]["Sns"]
        assert message["SignatureVersion"] == "1"
        assert is_signed(message, version), f"event, version {version}: the signature does not hold"
        print(f"event, version {version}: the signature holds")


def main() -> int:
    built = pathlib.Path(__file__).resolve().parents[2] / "dist" / "bundle" / "main.js"
    emulator = Emulator(sys.argv[1] if len(sys.argv) > 1 else str(built))
    try:
        for version in DIGESTS:
            check_version(emulator, version)
    finally:
        emulator.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
