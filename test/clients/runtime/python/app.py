"""A function in Python, as its author writes it."""


def handler(event, context):
    if event.get("fail"):
        raise KeyError("far")
    return {"requestId": context.aws_request_id, "arn": context.invoked_function_arn, "name": context.function_name}
