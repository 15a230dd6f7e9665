import type { RequestListener, ServerResponse } from "node:http";

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
