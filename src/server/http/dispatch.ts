import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { lazily } from "../../kernel/load/late-package.ts";
import { CONTROL_PREFIX } from "../../kernel/own-traffic.ts";
import type { Logger } from "../log.ts";

/** Parts the requests between AWS's side and the control routes, which are opened with the first request for one, or the next if that fails. */
export function createDispatch(
  aws: RequestListener,
  openControl: () => Promise<RequestListener>,
  log: Logger,
): RequestListener {
  const open = lazily(openControl);
  const control: RequestListener = (request, response) => {
    open().then(
      (serve) => serve(request, response),
      (err) => {
        log.log("error", { err }, "control request not answered");
        apologise(response);
      },
    );
  };
  return (request, response) => {
    const isControl = request.url?.startsWith(CONTROL_PREFIX) === true;
    return isControl ? control(request, response) : aws(request, response);
  };
}

function apologise(response: ServerResponse<IncomingMessage>): void {
  response.writeHead(500, { "Content-Length": 0 }).end();
}

/** How the paths of AWS's signing certificates start. */
const PREFIX = "/SimpleNotificationService-";

/** Serves the certificates that signatures are verified with; whatever else is asked for is left to `aws`. */
export function withSigningCertificates(
  aws: RequestListener,
  certificateAt: (path: string) => string | undefined,
): RequestListener {
  return (request, response) => {
    const { url = "/", method } = request;
    if (!url.startsWith(PREFIX) || (method !== "GET" && method !== "HEAD")) return aws(request, response);
    const certificate = certificateAt(url.replace(/\?.*/, ""));
    if (certificate === undefined) return aws(request, response);
    request.resume();
    send(response, certificate);
  };
}

/** Node leaves the body out of an answer to HEAD. */
function send(response: ServerResponse, certificate: string): void {
  const headers = { "Content-Type": "application/x-pem-file", "Content-Length": Buffer.byteLength(certificate) };
  response.writeHead(200, headers).end(certificate);
}
