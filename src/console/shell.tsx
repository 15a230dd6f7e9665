import { useEffect } from "preact/hooks";
import { isConnected } from "./api/live.ts";
import { AccountSwitch } from "./part/account-switch.tsx";
import { Clock } from "./part/clock.tsx";
import { Late } from "./part/states.tsx";
import { hrefOf, type PageName, place } from "./state/place.ts";

/** What leads to a page, and how the page is loaded when somebody goes there. */
interface Entry {
  readonly page: PageName;
  readonly title: string;
  readonly load: () => Promise<() => preact.JSX.Element>;
}

const entries: readonly Entry[] = [
  { page: "home", title: "Map", load: async () => (await import("./page/home/home.tsx")).Home },
  { page: "queues", title: "Queues", load: async () => (await import("./page/queue/queues.tsx")).Queues },
  { page: "topics", title: "Topics", load: async () => (await import("./page/topic/topics.tsx")).Topics },
  { page: "streams", title: "Streams", load: async () => (await import("./page/stream/streams.tsx")).Streams },
  {
    page: "functions",
    title: "Functions",
    load: async () => (await import("./page/function/functions.tsx")).Functions,
  },
  { page: "outbox", title: "Outbox", load: async () => (await import("./page/outbox/outbox.tsx")).Outbox },
  { page: "explain", title: "Explain", load: async () => (await import("./page/explain/explain.tsx")).Explain },
  { page: "time", title: "Time", load: async () => (await import("./page/time/time.tsx")).Time },
  { page: "faults", title: "Faults", load: async () => (await import("./page/faults/faults.tsx")).Faults },
  { page: "report", title: "Report", load: async () => (await import("./page/report/report.tsx")).Report },
  { page: "calls", title: "Calls", load: async () => (await import("./page/call/calls.tsx")).Calls },
];

/** What is around every page: where one can go, whose things are shown, and what time it is for them. */
export function Shell() {
  const { page, name, account } = place.value;
  const entry = entries.find((one) => one.page === page);
  const title = name === "" ? entry?.title : name;
  useEffect(() => {
    document.title = `${title} – Waystation`;
    focusPage();
    // On a narrow screen the entries are in a line that is longer than it.
    document.querySelector(".nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [title, page]);
  return (
    <div class="shell">
      <button type="button" class="skip" onClick={focusPage}>
        Skip to the page
      </button>
      <header class="bar">
        <a class="brand" href={hrefOf({ page: "home" })}>
          Waystation
        </a>
        <AccountSwitch />
        <Clock />
      </header>
      <nav class="nav" aria-label="Pages">
        {entries.map((one) => (
          <a key={one.page} href={hrefOf({ page: one.page })} aria-current={one.page === page ? "page" : undefined}>
            {one.title}
          </a>
        ))}
      </nav>
      <main class="page" id="page" tabIndex={-1}>
        {!isConnected.value && (
          <p class="banner" role="status">
            The server cannot be reached; what is shown may be old. It is tried again on its own.
          </p>
        )}
        {entry && <Late key={`${page} ${account}`} load={entry.load} />}
      </main>
    </div>
  );
}

function focusPage(): void {
  document.getElementById("page")?.focus({ preventScroll: true });
}
