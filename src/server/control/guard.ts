import type { IncomingMessage } from "node:http";
import { DELIVERY_HEADER } from "../../kernel/own-traffic.ts";
import { authorityOf } from "../http/node-request.ts";
import { hostOf, isOwnPage, isTrustedHost } from "../trusted-host.ts";

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
 * Why a control request is refused, or undefined when it is not. A page of another site is told by its `Origin`, a page
 * whose own name was pointed at this machine by that name. `ownHost` is always good.
 */
export function refusalOf({ isDelivery, authority, origin }: Sender, ownHost: string): string | undefined {
  if (isDelivery) return "Control routes take no deliveries.";
  const address = authority.toLowerCase();
  if (!isTrustedHost(hostOf(address), ownHost)) return FOREIGN_HOST;
  if (origin === undefined) return undefined;
  return isOwnPage(origin.toLowerCase(), address) ? undefined : "Control routes are not open to pages of other sites.";
}
