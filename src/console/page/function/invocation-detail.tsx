import type { Invocation } from "../../api/control.ts";
import { BodyView } from "../../part/body-view.tsx";
import { Fact, InstantFact, TextFact } from "../../part/facts.tsx";
import { bytesText, numberText } from "../../part/words.ts";
import { hrefOf } from "../../state/place.ts";
import { Cause } from "./cause.tsx";
import { Log } from "./log.tsx";
import { OutcomeMark } from "./outcome-mark.tsx";

interface InvocationDetailProps {
  readonly invocation: Invocation;
  readonly onInvokeAgain: (event: string) => void;
  readonly onClose: () => void;
}

/** So many messages of a batch are listed. */
const MOST_LISTED = 20;

/** Everything that is known of an invocation. */
export function InvocationDetail({ invocation, onInvokeAgain, onClose }: InvocationDetailProps) {
  const { requestId, outcome, event, eventBytes, response, log, messageIds = [] } = invocation;
  const isWhole = new TextEncoder().encode(event).length === eventBytes;
  return (
    <section class="card" aria-label={`Invocation ${requestId}`}>
      <div class="line spread">
        <h2>
          Invocation <OutcomeMark outcome={outcome} />
        </h2>
        <div class="line">
          {isWhole && (
            <button type="button" onClick={() => onInvokeAgain(event)}>
              Invoke with it again
            </button>
          )}
          <button type="button" onClick={onClose}>
            Close
          </button>
        </div>
      </div>
      <dl class="facts">
        <InstantFact name="When" at={invocation.time} />
        <Fact name="For">
          <Cause invocation={invocation} />
        </Fact>
        {messageIds.slice(0, MOST_LISTED).map((id) => (
          <Fact key={id} name="What happened to">
            <a class="mono" href={hrefOf({ page: "explain", name: id })}>
              {id}
            </a>
          </Fact>
        ))}
        <Fact name="Took">{numberText(invocation.durationMs)} ms</Fact>
        <TextFact name="Why not" text={invocation.reason} />
        <TextFact name="Function" text={invocation.functionArn.split(":").slice(6).join(":")} />
        <TextFact name="Version" text={invocation.executedVersion} />
        <TextFact name="Request id" text={requestId} />
      </dl>
      <h3>Event</h3>
      <BodyView text={event} />
      {!isWhole && <p class="faint">The beginning of {bytesText(eventBytes)}.</p>}
      {response !== undefined && (
        <>
          <h3>Answer</h3>
          <BodyView text={response} />
        </>
      )}
      <Log text={log} />
    </section>
  );
}
