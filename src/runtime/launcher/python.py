"""Runs a handler for Python: asks the Runtime API for events, one after the other, and answers them.

It lies beside the program as it is and needs the standard library only. AWS: Using the Lambda runtime API; what the handler
sees is what the runtime interface client for Python shows it.
"""

import decimal
import http.client
import importlib
import json
import logging
import os
import sys
import time
import traceback

BASE = "/2018-06-01/runtime"
JSON = {"Content-Type": "application/json"}


class RuntimeApi:
    """One connection that is kept. When it breaks, the emulator has ended, and so does this."""

    def __init__(self, address):
        self.connection = http.client.HTTPConnection(address)

    def call(self, method, path, body=None, headers=JSON):
        try:
            self.connection.request(method, BASE + path, body, headers)
            response = self.connection.getresponse()
            return response.status, response.headers, response.read()
        except (OSError, http.client.HTTPException):
            os._exit(1)

    def next(self):
        status, headers, body = self.call("GET", "/invocation/next", None, {})
        if status != 200:
            os._exit(1)
        return headers, body

    def error(self, path, document):
        kind = document["errorType"].encode("ascii", "replace").decode()
        body = json.dumps(document).encode()
        self.call("POST", path, body, {**JSON, "Lambda-Runtime-Function-Error-Type": kind})


class Client:
    def __init__(self, facts):
        for name in ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"):
            setattr(self, name, facts.get(name))


class ClientContext:
    def __init__(self, facts):
        self.custom = facts.get("custom")
        self.env = facts.get("env")
        self.client = Client(facts.get("client") or {})


class CognitoIdentity:
    def __init__(self, facts):
        self.cognito_identity_id = facts.get("cognitoIdentityId")
        self.cognito_identity_pool_id = facts.get("cognitoIdentityPoolId")


class Context:
    """The second argument of a handler. AWS: Using the Lambda context object in Python."""

    def __init__(self, headers):
        client = text_of(headers, "Lambda-Runtime-Client-Context")
        identity = text_of(headers, "Lambda-Runtime-Cognito-Identity")
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = text_of(headers, "Lambda-Runtime-Invoked-Function-Arn")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.client_context = ClientContext(json.loads(client)) if client else None
        self.identity = CognitoIdentity(json.loads(identity) if identity else {})
        self._deadline_ms = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline_ms - int(time.time() * 1000))

    def log(self, text):
        sys.stdout.write(str(text))


def text_of(headers, name):
    """Header fields are bytes: Python takes them for Latin-1, and what is in them is UTF-8."""
    field = headers.get(name)
    return None if field is None else field.encode("latin-1").decode("utf-8", "replace")


class LogHandler(logging.Handler):
    """Writes what is logged as functions do, with the request's id."""

    request_id = ""

    def __init__(self):
        super().__init__()
        self.converter = time.gmtime
        formatter = logging.Formatter(
            "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S"
        )
        formatter.converter = time.gmtime
        self.setFormatter(formatter)

    def emit(self, record):
        record.aws_request_id = LogHandler.request_id
        sys.stdout.write(self.format(record) + "\n")


class InitError(Exception):
    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


def load_handler(name):
    """`a/b.c` is `c` in the module `a.b`."""
    if "." not in name:
        raise InitError("Runtime.MalformedHandlerName", f"Bad handler '{name}': it has no dot")
    module_name, function = name.rsplit(".", 1)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise InitError("Runtime.ImportModuleError", f"Unable to import module '{module_name}': {error}") from error
    except SyntaxError as error:
        raise InitError("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}") from error
    if not hasattr(module, function):
        raise InitError("Runtime.HandlerNotFound", f"Handler '{function}' missing on module '{module_name}'")
    return getattr(module, function)


def document_of(error, request_id, skipped_frames):
    frames = traceback.extract_tb(error.__traceback__)[skipped_frames:]
    return {
        "errorMessage": str(error),
        "errorType": error.kind if isinstance(error, InitError) else type(error).__name__,
        "requestId": request_id,
        "stackTrace": [] if isinstance(error, InitError) else traceback.format_list(frames),
    }


def tell(document):
    lines = [f"[ERROR] {document['errorType']}: {document['errorMessage']}"]
    if document["stackTrace"]:
        lines.append("Traceback (most recent call last):\n" + "".join(document["stackTrace"]).rstrip("\n"))
    print("\n".join(lines), flush=True)


def plain(value):
    """Numbers that AWS's SDK reads as decimals are numbers in the answer."""
    if isinstance(value, decimal.Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def marshal_error(error, request_id):
    return {
        "errorMessage": f"Unable to marshal response: {error}",
        "errorType": "Runtime.MarshalError",
        "requestId": request_id,
        "stackTrace": [],
    }


def answer(api, handler, headers, body):
    request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    path = f"/invocation/{request_id}"
    try:
        result = handler(json.loads(body), Context(headers))
    except Exception as error:
        document = document_of(error, request_id, 1)
        tell(document)
        return api.error(path + "/error", document)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    try:
        text = json.dumps(result, default=plain, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError) as error:
        return api.error(path + "/error", marshal_error(error, request_id))
    return api.call("POST", path + "/response", text.encode("utf-8", "surrogatepass"))


def main():
    sys.path.insert(0, os.environ.get("LAMBDA_TASK_ROOT", os.getcwd()))
    logging.getLogger().addHandler(LogHandler())
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        handler = load_handler(os.environ.get("_HANDLER", ""))
    except Exception as error:
        document = document_of(error, "", 0)
        tell(document)
        api.error("/init/error", document)
        sys.exit(1)
    while True:
        headers, body = api.next()
        LogHandler.request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        trace_id = headers.get("Lambda-Runtime-Trace-Id")
        if trace_id is None:
            os.environ.pop("_X_AMZN_TRACE_ID", None)
        else:
            os.environ["_X_AMZN_TRACE_ID"] = trace_id
        answer(api, handler, headers, body)


if __name__ == "__main__":
    main()
