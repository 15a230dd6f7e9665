import { control, type Invocation, type LambdaFunction } from "../../api/control.ts";
import { usePages } from "../../api/use-pages.ts";
import { Latest } from "../../part/latest.tsx";
import { Empty } from "../../part/states.tsx";
import type { Column } from "../../part/virtual-table.tsx";
import { agoText, numberText, parseInstant } from "../../part/words.ts";
import { now } from "../../state/time.ts";
import { Cause } from "./cause.tsx";
import { InvocationDetail } from "./invocation-detail.tsx";
import { OutcomeMark } from "./outcome-mark.tsx";

const PAGE_LIMIT = 100;

interface InvocationsProps {
  readonly lambda: LambdaFunction;
  /** Has an event ready to be sent once more. */
  readonly onInvokeAgain: (event: string) => void;
}

/** How a function was invoked lately, whoever did, and what came of it. */
export function Invocations({ lambda, onInvokeAgain }: InvocationsProps) {
  const pages = usePages(
    {
      ask: async (next, signal) => {
        const inputs = { function: lambda.arn, newest: true, limit: PAGE_LIMIT, next };
        const { invocations, next: more } = await control.call("GET", "invocations", inputs, { signal });
        return { items: invocations, next: more };
      },
    },
    [lambda.arn],
  );
  return (
    <Latest
      label="Invocations"
      pages={pages}
      columns={columns}
      keyOf={keyOf}
      empty={
        <Empty title="It has not been invoked">
          <p>Each invocation shows here when it is over, whoever made it: a client, a queue, a stream or a topic.</p>
        </Empty>
      }
      detail={(invocation, close) => (
        <InvocationDetail
          key={keyOf(invocation)}
          invocation={invocation}
          onInvokeAgain={onInvokeAgain}
          onClose={close}
        />
      )}
    />
  );
}

/** Attempts of one event have one request id. */
function keyOf({ time, requestId }: Invocation): string {
  return `${time} ${requestId}`;
}

function columns(choose: (invocation: Invocation) => void): readonly Column<Invocation>[] {
  return [
    {
      title: "When",
      width: "7.5rem",
      cell: (invocation) => (
        <button type="button" class="link" onClick={() => choose(invocation)}>
          {agoText(parseInstant(invocation.time), now.value)}
        </button>
      ),
    },
    { title: "Outcome", width: "7rem", cell: ({ outcome }) => <OutcomeMark outcome={outcome} /> },
    { title: "For", width: "30%", cell: (invocation) => <Cause invocation={invocation} /> },
    { title: "Answer", cell: ({ response, reason }) => <span class="mono">{response ?? reason}</span> },
    { title: "Took", width: "5rem", align: "end", cell: ({ durationMs }) => `${numberText(durationMs)} ms` },
  ];
}
