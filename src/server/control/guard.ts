import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { DELIVERY_HEADER } from "../../kernel/own-traffic.ts";
import { authorityOf } from "../http/node-request.ts";

/**
 * Host names that no web page of somebody else's can be served from: what is reserved for private use by its ending, and
 * LocalStack's name for 127.0.0.1, with what stands before it for a region.
 */
const PRIVATE_ENDINGS = [".localhost", ".internal", ".localhost.localstack.cloud"];

const FOREIGN_HOST =
  "Control routes are not served under this host name. Use an IP address, localhost or a name without dots.";

/** Who sends a request. */
export function senderOf(request: IncomingMessage): Sender {
  const { headers } = request;
  const isDelivery = headers[DELIVERY_HEADER.toLowerCase()] !== undefined;
  return { isDelivery, authority: authorityOf(request), origin: headers.origin };
}

/** What a request says about who sends it. */
interface Sender {
  /** Whether it is the emulator itself, delivering a message to a URL that somebody subscribed. */
  readonly isDelivery: boolean;
  /** Host and port the request was sent to. */
  readonly authority: string;
  /** The web page behind it, if a browser sends it for one. */
  readonly origin: string | undefined;
}

/**
 * Why a control request is refused, or undefined when it is not. A page of another site is told by its `Origin`. A page
 * whose own name was pointed at this machine (DNS rebinding) is told by its name: addresses, single labels such as
 * `localhost` or a compose service, and private endings cannot be had by strangers. `ownHost` is always good.
 */
export function refusalOf({ isDelivery, authority, origin }: Sender, ownHost: string): string | undefined {
  if (isDelivery) return "Control routes take no deliveries.";
  const address = authority.toLowerCase();
  if (!isTrusted(hostOf(address), ownHost.toLowerCase())) return FOREIGN_HOST;
  if (origin === undefined) return undefined;
  const isOwn = [`http://${address}`, `https://${address}`].includes(origin.toLowerCase());
  return isOwn ? undefined : "Control routes are not open to pages of other sites.";
}

function isTrusted(host: string, ownHost: string): boolean {
  if (host === ownHost || isIP(host) !== 0 || /^[a-z0-9_-]+$/.test(host)) return true;
  return PRIVATE_ENDINGS.some((ending) => `.${host}`.endsWith(ending));
}

/** The authority without port and brackets. */
function hostOf(authority: string): string {
  const [, bracketed, plain = ""] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(authority) ?? [];
  return bracketed ?? plain;
}
