import type { EventSourceMapping, LambdaFunction } from "../../api/control.ts";
import { enableMapping } from "../../api/lambda.ts";
import { Action } from "../../part/action.tsx";
import { ResourceLink } from "../../part/columns.tsx";
import { Fact, TextFact } from "../../part/facts.tsx";
import { Empty } from "../../part/states.tsx";
import { durationText, numberText } from "../../part/words.ts";

interface EventSourcesProps {
  readonly lambda: LambdaFunction;
  readonly onChange: () => void;
}

/** The queues and streams that a function reads, and what came of it. */
export function EventSources({ lambda, onChange }: EventSourcesProps) {
  const { eventSources, name } = lambda;
  if (eventSources.length === 0) {
    return (
      <Empty title="It reads no queue and no stream">
        <p>
          Have it read a queue:{" "}
          <code>
            aws lambda create-event-source-mapping --function-name {name} --event-source-arn &lt;queue ARN&gt;
            --endpoint-url {location.origin}
          </code>
        </p>
      </Empty>
    );
  }
  return (
    <div class="columns">
      {eventSources.map((mapping) => (
        <Source key={mapping.uuid} mapping={mapping} onChange={onChange} />
      ))}
    </div>
  );
}

function Source({ mapping, onChange }: { readonly mapping: EventSourceMapping; readonly onChange: () => void }) {
  const { uuid, kind, sourceArn, isEnabled, lastResult, functionArn } = mapping;
  const change = async (): Promise<void> => {
    await enableMapping(mapping, !isEnabled);
    onChange();
  };
  return (
    <section class="card" aria-labelledby={`source-${uuid}`}>
      <div class="line spread">
        <h2 id={`source-${uuid}`}>
          <ResourceLink arn={sourceArn} /> <span class="faint">{kind}</span>
        </h2>
        <span class={isEnabled ? "mark good" : "mark"}>{isEnabled ? "enabled" : "disabled"}</span>
      </div>
      <dl class="facts">
        <TextFact name="Invokes" text={functionArn.split(":").slice(6).join(":")} />
        <Fact name="Batches">{batches(mapping)}</Fact>
        {mapping.filters.length === 0 && <Fact name="Filters">none: everything is wanted</Fact>}
        {mapping.filters.map(({ pattern, sentence }) => (
          <Fact key={pattern} name="Wanted where">
            <span title={pattern}>{sentence}</span>
          </Fact>
        ))}
        {settingsOf(mapping).map(([name, text]) => (
          <Fact key={name} name={name}>
            {text}
          </Fact>
        ))}
        {mapping.onFailureArn !== undefined && (
          <Fact name="Told of failures">
            <ResourceLink arn={mapping.onFailureArn} />
          </Fact>
        )}
        {lastResult !== undefined && <Fact name="Last result">{lastResult}</Fact>}
      </dl>
      <Counters counters={mapping.counters} />
      <div class="line">
        <Action act={change}>{isEnabled ? "Disable" : "Enable"}</Action>
        <span class="mono faint">{uuid}</span>
      </div>
    </section>
  );
}

function batches({ batchSize, windowSeconds, reportsFailures }: EventSourceMapping): string {
  const window = windowSeconds === 0 ? "" : `, collected for ${durationText(windowSeconds)}`;
  return `${numberText(batchSize)} at most${window}${reportsFailures ? ", failures reported one by one" : ""}`;
}

/** What is set otherwise than usual. */
function settingsOf(mapping: EventSourceMapping): readonly (readonly [name: string, text: string])[] {
  const { maximumConcurrency, startingPosition, parallelizationFactor = 1, tumblingWindowSeconds = 0 } = mapping;
  const { maximumRetryAttempts, maximumRecordAgeSeconds, bisects } = mapping;
  const settings: [string, string][] = [];
  if (maximumConcurrency !== undefined) settings.push(["Invocations at a time", `${maximumConcurrency} at most`]);
  if (startingPosition !== undefined) settings.push(["Begins at", startingPosition]);
  if (parallelizationFactor > 1) settings.push(["Invocations of a shard", `${parallelizationFactor} at a time`]);
  if (tumblingWindowSeconds > 0) settings.push(["Tumbling window", durationText(tumblingWindowSeconds)]);
  if (maximumRetryAttempts !== undefined) settings.push(["Retries", `${maximumRetryAttempts} at most`]);
  if (maximumRecordAgeSeconds !== undefined) settings.push(["Given up after", durationText(maximumRecordAgeSeconds)]);
  if (bisects === true) settings.push(["What failed", "is cut in two"]);
  return settings;
}

const counts = [
  ["read", "polled"],
  ["not wanted", "filteredOut"],
  ["given to the function", "invoked"],
  ["failed", "failedInvoke"],
  ["given up", "dropped"],
  ["told of as failed", "onFailureDelivered"],
  ["deleted", "deleted"],
] as const;

/** What it did since the emulator started; what never happened is left out. */
function Counters({ counters }: Pick<EventSourceMapping, "counters">) {
  const shown = counts.filter(([, name]) => counters[name] > 0);
  const { iteratorAgeSeconds: age } = counters;
  if (shown.length === 0) return <p class="faint">Nothing was read since the emulator started.</p>;
  return (
    <ul class="line counters" aria-label="Since the emulator started">
      {shown.map(([title, name]) => (
        <li key={name} class={name === "failedInvoke" || name === "dropped" ? "mark dead" : "mark"}>
          {numberText(counters[name])} {title}
        </li>
      ))}
      {age !== undefined && <li class="mark">{durationText(age)} behind</li>}
    </ul>
  );
}
