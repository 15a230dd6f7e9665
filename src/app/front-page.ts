import { createHash } from "node:crypto";
import type { WireResponse } from "../protocol/protocol.ts";
import { escaped } from "../protocol/query/encode.ts";
import type { DescribedRoute } from "../server/control/openapi.ts";
import { clientVariables } from "./embed/client-variables.ts";
import { controlRoutes } from "./modules/module-routes.ts";
import { packageVersion } from "./package.ts";

/** What the page says that is not the same everywhere. */
interface FrontPageFacts {
  /** Scheme and authority as the browser has them. */
  readonly endpoint: string;
  readonly region: string;
  /** That of callers whose key is no account. */
  readonly account: string;
  /** Titles of what is served. */
  readonly services: readonly string[];
}

const GUIDES = ["testing.md", "command-line.md", "configuration.md", "clients.md", "localstack.md", "parity.md"];

const STYLE = `
:root { color-scheme: light dark }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
h1 small { font-weight: normal; font-size: .6em; opacity: .7 }
h2 { font-size: 1.1rem; margin: 1.6rem 0 .4rem }
pre { padding: .7rem .9rem; overflow-x: auto; border: 1px solid; border-color: color-mix(in srgb, currentColor 25%, transparent); border-radius: .4rem }
ul { padding-left: 1.2rem; margin: .3rem 0 }
`;

/** The style is known by its digest, and there is nothing else to load: no script, no image, no form, no frame. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": POLICY,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
  vary: "accept",
};

/** What a browser is shown at the front door: what this is, and what to set so that clients come here. */
export function frontPage(facts: FrontPageFacts): WireResponse {
  return { status: 200, headers: HEADERS, body: pageOf(facts) };
}

function pageOf({ endpoint, account, region, services }: FrontPageFacts): string {
  const variables = Object.entries(clientVariables({ endpoint, region, accessKeyId: "test" }));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Waystation</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Waystation <small>${escaped(packageVersion())}</small></h1>
<p>A local AWS messaging emulator. It runs, and AWS SDKs, the AWS CLI and frameworks can be pointed at it unchanged.</p>
<h2>What is served</h2>
${listOf(services.map(escaped))}
<h2>Have clients come here</h2>
${code(variables.map(([name, value]) => `export ${name}=${value}`))}
<h2>A first queue</h2>
${code([
  "aws sqs create-queue --queue-name jobs",
  `aws sqs send-message --queue-url ${endpoint}/${account}/jobs --message-body hello`,
  `aws sqs receive-message --queue-url ${endpoint}/${account}/jobs`,
])}
<p>Version 1 of the AWS CLI wants <code>--endpoint-url ${escaped(endpoint)}</code> as well. Without the AWS CLI:</p>
${code([`curl "${endpoint}/?Action=CreateQueue&QueueName=jobs"`])}
<h2>Look inside</h2>
${listOf(controlRoutes.filter(isForLooking).map(linkTo))}
<h2>Read on</h2>
<p>The guides lie beside the package, in <code>docs/</code>: ${GUIDES.map((name) => `<code>${name}</code>`).join(", ")}.</p>
</body>
</html>
`;
}

/** What answers at once, with nothing given. */
function isForLooking({ method, inputs, contentType }: DescribedRoute): boolean {
  return method === "GET" && inputs.required.length === 0 && contentType === undefined;
}

function linkTo({ path, summary }: DescribedRoute): string {
  return `<a href="${escaped(path)}">${escaped(path)}</a> ${escaped(summary)}`;
}

function listOf(items: readonly string[]): string {
  return `<ul>\n${items.map((item) => `<li>${item}</li>`).join("\n")}\n</ul>`;
}

function code(lines: readonly string[]): string {
  return `<pre><code>${escaped(lines.join("\n"))}</code></pre>`;
}
