import { computed, signal } from "@preact/signals";

/** The pages there are, by the word in their address. */
const pages = [
  "home",
  "queues",
  "topics",
  "streams",
  "functions",
  "outbox",
  "explain",
  "time",
  "faults",
  "report",
  "calls",
] as const;

export type PageName = (typeof pages)[number];

/** Where somebody is: `#/000000000000/queues/eu-west-1/orders`. */
interface Place {
  readonly account: string;
  readonly page: PageName;
  readonly region: string;
  /** The name of what is shown, or what was asked for; empty for a list. */
  readonly name: string;
}

/** Reads a place from the fragment of an address. What it leaves out is as it was. */
function readPlace(fragment: string, before: Pick<Place, "account" | "region">): Place {
  const [account = "", page = "home", region = "", ...rest] = fragment
    .replace(/^#?\/?/, "")
    .split("/")
    .map(decoded);
  return {
    account: /^\d{12}$/.test(account) ? account : before.account,
    page: pages.find((one) => one === page) ?? "home",
    region: region === "" ? before.region : region,
    name: rest.join("/"),
  };
}

/** The address of a place, as a link has it. */
export function hrefOf(to: Partial<Place>): string {
  const { account, page, region, name } = { ...place.peek(), name: "", ...to };
  const parts = page === "home" ? [account] : name === "" ? [account, page] : [account, page, region, name];
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

/** Where a resource is shown, by its ARN; undefined for what has no page. */
export function hrefOfArn(arn: string): string | undefined {
  const [, , service = "", region = "", account = "", ...rest] = arn.split(":");
  const name = rest.join(":");
  if (service === "sqs") return hrefOf({ page: "queues", account, region, name });
  if (service === "sns") return hrefOf({ page: "topics", account, region, name: name.split(":")[0] ?? "" });
  if (service === "lambda" && rest[0] === "function") {
    return hrefOf({ page: "functions", account, region, name: rest[1] ?? "" });
  }
  const [kind, stream = ""] = name.split("/");
  return service === "kinesis" && kind === "stream"
    ? hrefOf({ page: "streams", account, region, name: stream })
    : undefined;
}

/** Where one is before the server has said whose a request is that names nobody. */
const FIRST = { account: "000000000000", region: "us-east-1" };

export const place = signal<Place>(readPlace(location.hash, FIRST));

/** Goes to an account and a region, unless the address names others. */
export function startAt(standard: Pick<Place, "account" | "region">): void {
  place.value = readPlace(location.hash, standard);
}

/** The account that is looked at. */
export const account = computed(() => place.value.account);

addEventListener("hashchange", () => {
  place.value = readPlace(location.hash, place.peek());
});

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
