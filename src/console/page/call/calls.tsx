import { useState } from "preact/hooks";
import { type ApiCall, control } from "../../api/control.ts";
import { usePages } from "../../api/use-pages.ts";
import { ResourceLink } from "../../part/columns.tsx";
import { Latest } from "../../part/latest.tsx";
import { Recording } from "../../part/recording.tsx";
import { Empty } from "../../part/states.tsx";
import type { Column } from "../../part/virtual-table.tsx";
import { agoText, numberText, parseInstant } from "../../part/words.ts";
import { account } from "../../state/place.ts";
import { now } from "../../state/time.ts";
import { CallDetail, Outcome } from "./call-detail.tsx";
import { CallFilter, type Wanted } from "./call-filter.tsx";

const PAGE_LIMIT = 200;

/** The latest calls of AWS's APIs: what was sent, and what became of it. */
export function Calls() {
  const [wanted, setWanted] = useState<Wanted>({});
  const { service, operation, outcome, resource } = wanted;
  const pages = usePages(
    {
      ask: async (next, signal) => {
        const inputs = { account: account.value, newest: true, limit: PAGE_LIMIT, next, ...wanted };
        const { calls, next: more } = await control.call("GET", "calls", inputs, { signal });
        return { items: calls, next: more };
      },
    },
    [account.value, service, operation, outcome, resource],
  );
  const isNarrowed = Object.values(wanted).some((text) => text !== undefined);
  return (
    <div class="stack">
      <h1>Calls</h1>
      <Recording withInputs />
      <CallFilter wanted={wanted} calls={pages.rows} onChange={setWanted} />
      <div class="stack wide-table">
        <Latest
          label="Calls"
          pages={pages}
          columns={columns}
          keyOf={keyOf}
          empty={
            <Empty title={isNarrowed ? "No call is like that" : "No calls are known"}>
              <p>
                Calls are listed from when they are recorded on. The names of services, operations and outcomes are
                given in full; a resource by its name, URL or ARN.
              </p>
            </Empty>
          }
          detail={(call, close) => <CallDetail call={call} onClose={close} />}
        />
      </div>
    </div>
  );
}

function keyOf({ at, requestId }: ApiCall): string {
  return `${at} ${requestId}`;
}

function columns(choose: (call: ApiCall) => void): readonly Column<ApiCall>[] {
  return [
    {
      title: "Operation",
      width: "22%",
      cell: (call) => (
        <button type="button" class="link" onClick={() => choose(call)}>
          {call.operation ?? "unknown"}
        </button>
      ),
    },
    { title: "Service", width: "5.5rem", cell: ({ service }) => service ?? "–" },
    { title: "Resource", cell: ({ resource }) => resource && <Resource named={resource} /> },
    { title: "Outcome", width: "18%", cell: ({ outcome }) => <Outcome outcome={outcome} /> },
    { title: "Took", width: "4.5rem", align: "end", cell: ({ durationMs }) => `${numberText(durationMs)} ms` },
    { title: "When", width: "6rem", align: "end", cell: ({ at }) => agoText(parseInstant(at), now.value) },
  ];
}

/** What a call is about: an ARN leads there, of a URL the end is enough. */
function Resource({ named }: { readonly named: string }) {
  return named.startsWith("arn:") ? <ResourceLink arn={named} /> : <span title={named}>{named.split("/").at(-1)}</span>;
}
