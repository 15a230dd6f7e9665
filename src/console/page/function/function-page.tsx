import { useEffect, useState } from "preact/hooks";
import { control, type LambdaFunction } from "../../api/control.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { every } from "../../browser/timing.ts";
import { ResourceHead } from "../../part/resource-head.tsx";
import { Empty, Known } from "../../part/states.tsx";
import { Tabs } from "../../part/tabs.tsx";
import { counted, durationText, numberText } from "../../part/words.ts";
import { account, hrefOf } from "../../state/place.ts";
import { EventSources } from "./event-sources.tsx";
import { Invocations } from "./invocations.tsx";
import { InvokeForm } from "./invoke-form.tsx";
import { OwedEvents } from "./owed-events.tsx";
import { Settings } from "./settings.tsx";

/** What an event source counts is no step that would tell of itself. */
const LOOK_EVERY_MS = 1000;

/** A function: how it was invoked, what invokes it, and how it is set. */
export function FunctionPage({ name, region }: { readonly name: string; readonly region: string }) {
  const arn = `arn:aws:lambda:${region}:${account.value}:function:${name}`;
  const known = useAnswer(
    {
      ask: async (signal) => (await control.call("GET", "functions", { function: arn }, { signal })).functions[0],
      isChangedBy: ({ service }) => service === "lambda",
    },
    [arn],
  );
  useEffect(() => every(LOOK_EVERY_MS, known.reload), []);
  if (known.failure !== undefined && known.answer === undefined) return <NoFunction name={name} why={known.failure} />;
  return <Known known={known}>{(found) => found && <Shown lambda={found} onChange={known.reload} />}</Known>;
}

function NoFunction({ name, why }: { readonly name: string; readonly why: string }) {
  return (
    <Empty title={`There is no function ${name} to show`} isPage>
      <p>{why}</p>
      <p>
        <a href={hrefOf({ page: "functions" })}>All functions</a>
      </p>
    </Empty>
  );
}

const tabs = [
  ["invocations", "Invocations"],
  ["invoke", "Invoke"],
  ["sources", "Event sources"],
  ["settings", "Settings"],
] as const;

type Tab = (typeof tabs)[number][0];

function Shown({ lambda, onChange }: { readonly lambda: LambdaFunction; readonly onChange: () => void }) {
  const [tab, setTab] = useState<Tab>("invocations");
  const [draft, setDraft] = useState<string>();
  const invokeAgain = (event: string): void => {
    setDraft(event);
    setTab("invoke");
  };
  const { runtime, packageType, handler, timeoutSeconds, memoryMegabytes, eventSources } = lambda;
  return (
    <div class="stack">
      <ResourceHead resource={lambda} />
      <div class="line" role="status">
        <span class="mark">{runtime ?? packageType}</span>
        <span class="faint">
          {handler === undefined ? "" : `${handler}, `}
          {durationText(timeoutSeconds)} at most, {numberText(memoryMegabytes)} MB,{" "}
          {counted(eventSources.length, "event source")}
        </span>
      </div>
      <OwedEvents lambda={lambda} />
      <Tabs tabs={tabs} chosen={tab} onChoose={setTab} label="What is shown of the function">
        {tab === "invocations" && <Invocations lambda={lambda} onInvokeAgain={invokeAgain} />}
        {tab === "invoke" && <InvokeForm lambda={lambda} draft={draft} />}
        {tab === "sources" && <EventSources lambda={lambda} onChange={onChange} />}
        {tab === "settings" && <Settings lambda={lambda} />}
      </Tabs>
    </div>
  );
}
