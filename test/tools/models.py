#!/usr/bin/env python3
"""Renews test/fixtures/models from an installed botocore and prints what is new in it.

usage: models.py [--check]

`pip install --upgrade botocore` comes first. With --check nothing is written, and the exit status says whether there is
anything new. The model of SQS in the Query format is not renewed: botocore has had none since 1.31.81.
"""
import gzip
import json
import pathlib
import sys

import botocore

FIXTURES = pathlib.Path(__file__).parents[1] / "fixtures" / "models"
SERVICES = {
    "cloudformation": "2010-05-15",
    "kinesis": "2013-12-02",
    "lambda": "2015-03-31",
    "s3": "2006-03-01",
    "sns": "2010-03-31",
    "sqs": "2012-11-05",
    "ssm": "2014-11-06",
    "sts": "2011-06-15",
}
# Of these services only so many operations are served; of the others all are.
OPERATIONS = {
    "cloudformation": """
        CancelUpdateStack ContinueUpdateRollback CreateChangeSet CreateStack DeleteChangeSet DeleteStack
        DescribeAccountLimits DescribeChangeSet DescribeStackDriftDetectionStatus DescribeStackEvents
        DescribeStackResource DescribeStackResourceDrifts DescribeStackResources DescribeStacks DetectStackDrift
        ExecuteChangeSet GetStackPolicy GetTemplate GetTemplateSummary ListChangeSets ListExports ListImports
        ListStackResources ListStacks RollbackStack SetStackPolicy SignalResource UpdateStack
        UpdateTerminationProtection ValidateTemplate
    """,
    "lambda": """
        AddPermission CreateAlias CreateEventSourceMapping CreateFunction DeleteAlias DeleteEventSourceMapping
        DeleteFunction DeleteFunctionConcurrency DeleteFunctionEventInvokeConfig GetAccountSettings GetAlias
        GetEventSourceMapping GetFunction GetFunctionCodeSigningConfig GetFunctionConcurrency GetFunctionConfiguration
        GetFunctionEventInvokeConfig GetFunctionRecursionConfig GetPolicy GetRuntimeManagementConfig Invoke
        InvokeAsync InvokeWithResponseStream ListAliases ListEventSourceMappings ListFunctionEventInvokeConfigs
        ListFunctions ListTags ListVersionsByFunction PublishVersion PutFunctionConcurrency PutFunctionEventInvokeConfig
        PutFunctionRecursionConfig PutRuntimeManagementConfig RemovePermission TagResource UntagResource UpdateAlias
        UpdateEventSourceMapping UpdateFunctionCode UpdateFunctionConfiguration UpdateFunctionEventInvokeConfig
    """,
    "s3": """
        AbortMultipartUpload CompleteMultipartUpload CreateBucket CreateMultipartUpload DeleteBucket DeleteObject
        DeleteObjects GetBucketEncryption GetBucketLocation GetBucketVersioning GetObject HeadBucket HeadObject
        ListBuckets ListObjectVersions ListObjectsV2 PutObject UploadPart
    """,
    "ssm": """
        AddTagsToResource DeleteParameter DeleteParameters DescribeParameters GetParameter GetParameters
        GetParametersByPath ListTagsForResource PutParameter RemoveTagsFromResource
    """,
    "sts": """
        AssumeRole AssumeRoleWithWebIdentity DecodeAuthorizationMessage GetAccessKeyInfo GetCallerIdentity
        GetFederationToken GetSessionToken
    """,
}

# What of a model is facts. Its prose is left behind.
METADATA = ("apiVersion", "protocol", "jsonVersion", "targetPrefix", "xmlNamespace", "serviceId")
REFERENCE = ("shape", "flattened", "locationName", "resultWrapper")
SHAPE = (
    "type", "required", "enum", "min", "max", "pattern", "flattened", "locationName", "exception", "error", "fault",
    "eventstream", "event",
)
PARTS = ("member", "key", "value")


def facts(source, keys):
    return {key: source[key] for key in keys if key in source}


def shape_facts(shape):
    found = facts(shape, SHAPE)
    if "members" in shape:
        found["members"] = {name: facts(member, REFERENCE) for name, member in shape["members"].items()}
    found.update({part: facts(shape[part], REFERENCE) for part in PARTS if part in shape})
    return found


def operation_facts(operation):
    found = {part: facts(operation[part], REFERENCE) for part in ("input", "output") if part in operation}
    return {**found, "errors": [error["shape"] for error in operation.get("errors", [])]}


def reduced(model, source):
    return {
        "source": source,
        "metadata": facts(model["metadata"], METADATA),
        "operations": {name: operation_facts(model["operations"][name]) for name in sorted(model["operations"])},
        "shapes": {name: shape_facts(model["shapes"][name]) for name in sorted(model["shapes"])},
    }


def served(model, names):
    """The model with those operations alone, and with the shapes that they lead to."""
    operations = {name: model["operations"][name] for name in names}
    found, waiting = {}, [reference["shape"] for operation in operations.values() for reference in references(operation)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = model["shapes"][name]
            waiting += [reference["shape"] for reference in references(found[name])]
    return {**model, "operations": operations, "shapes": found}


def references(part):
    yield from (part[key] for key in ("input", "output", *PARTS) if key in part)
    yield from part.get("errors", [])
    yield from part.get("members", {}).values()


def installed_model(service, version):
    folder = pathlib.Path(botocore.__file__).parent / "data" / service / version
    packed = folder / "service-2.json.gz"
    text = gzip.decompress(packed.read_bytes()) if packed.exists() else (folder / "service-2.json").read_bytes()
    return json.loads(text)


def as_text(model):
    """JSON with an operation or a shape to a line, so that a diff shows which of them changed."""
    parts = []
    for name, part in model.items():
        if name in ("operations", "shapes"):
            lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in part.items())
            parts.append(f"{json.dumps(name)}: {{\n{lines}\n}}")
        else:
            parts.append(f"{json.dumps(name)}: {json.dumps(part)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def news(old, new):
    """What the one model has and the other has not, a line each."""
    for kind in ("operations", "shapes"):
        for name in sorted(old[kind].keys() | new[kind].keys()):
            before, after = old[kind].get(name), new[kind].get(name)
            if before is None or after is None:
                yield f"{'+' if before is None else '-'} {kind[:-1]} {name}"
            elif before != after:
                yield from (f"{sign} {name}: {fact}" for sign, fact in changes(before, after))


def changes(before, after):
    """The facts of an operation or a shape that came or went."""
    old, new = set(flat(before)), set(flat(after))
    yield from (("-", fact) for fact in sorted(old - new))
    yield from (("+", fact) for fact in sorted(new - old))


def flat(value, path=""):
    if isinstance(value, dict):
        for key, part in value.items():
            yield from flat(part, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        yield from (f"{path} {item}" for item in value)
    else:
        yield f"{path} {value}"


def main():
    is_check = "--check" in sys.argv[1:]
    any_news = False
    for service, version in SERVICES.items():
        path = FIXTURES / f"{service}.json"
        model = installed_model(service, version)
        if service in OPERATIONS:
            model = served(model, OPERATIONS[service].split())
        new = reduced(model, f"botocore {botocore.__version__}")
        old = json.loads(path.read_text("utf-8")) if path.exists() else {"operations": {}, "shapes": {}}
        found = list(news(old, new))
        any_news = any_news or bool(found)
        print(f"{service}: {len(new['operations'])} operations, {old.get('source')} -> {new['source']}")
        print("".join(f"  {line}\n" for line in found) or "  nothing new\n", end="")
        if not is_check:
            path.write_text(as_text(new), "utf-8")
    sys.exit(1 if is_check and any_news else 0)


if __name__ == "__main__":
    main()
