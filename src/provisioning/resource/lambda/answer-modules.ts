/** A module that AWS puts beside code that stands in a template. */
interface AnswerModule {
  /** What code calls it. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

const NODE = `const { request: byHttp } = require("http");
const { request: byHttps } = require("https");

exports.SUCCESS = "SUCCESS";
exports.FAILED = "FAILED";

exports.send = (event, context, responseStatus, responseData, physicalResourceId, noEcho) =>
  new Promise((resolve) => {
    const body = JSON.stringify({
      Status: responseStatus,
      Reason: "See the details in CloudWatch Log Stream: " + context.logStreamName,
      PhysicalResourceId: physicalResourceId || context.logStreamName,
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
      NoEcho: noEcho || false,
      Data: responseData,
    });
    const url = new URL(event.ResponseURL);
    const headers = { "content-type": "", "content-length": Buffer.byteLength(body) };
    const done = () => {
      if (typeof context.done === "function") context.done();
      resolve();
    };
    const send = url.protocol === "https:" ? byHttps : byHttp;
    const sent = send(url, { method: "PUT", headers }, (answer) => answer.resume().on("end", done));
    sent.on("error", (error) => {
      process.stderr.write("The answer to the stack could not be sent: " + error + "\\n");
      done();
    });
    sent.end(body);
  });
`;

const PYTHON = `import json
import urllib.request

SUCCESS = "SUCCESS"
FAILED = "FAILED"


def send(event, context, responseStatus, responseData, physicalResourceId=None, noEcho=False, reason=None):
    body = json.dumps({
        "Status": responseStatus,
        "Reason": reason or "See the details in CloudWatch Log Stream: " + context.log_stream_name,
        "PhysicalResourceId": physicalResourceId or context.log_stream_name,
        "StackId": event["StackId"],
        "RequestId": event["RequestId"],
        "LogicalResourceId": event["LogicalResourceId"],
        "NoEcho": noEcho,
        "Data": responseData,
    }).encode()
    request = urllib.request.Request(event["ResponseURL"], body, {"Content-Type": ""}, method="PUT")
    try:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        opener.open(request).close()
    except OSError as error:
        print("The answer to the stack could not be sent:", error)
`;

/** What makers of custom resources answer with. AWS: the cfn-response module, CloudFormation user guide; it is theirs in what it takes alone. */
export const nodeAnswers: AnswerModule = {
  name: "cfn-response",
  path: "node_modules/cfn-response/index.js",
  text: NODE,
};

export const pythonAnswers: AnswerModule = { name: "cfnresponse", path: "cfnresponse.py", text: PYTHON };
