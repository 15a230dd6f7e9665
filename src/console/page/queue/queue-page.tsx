import { useState } from "preact/hooks";
import { call } from "../../api/aws.ts";
import { control, type Queue } from "../../api/control.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Action } from "../../part/action.tsx";
import { ResourceLink } from "../../part/columns.tsx";
import { Copy } from "../../part/copy.tsx";
import { Fact } from "../../part/facts.tsx";
import { FunctionReaders } from "../../part/function-readers.tsx";
import { ResourceHead } from "../../part/resource-head.tsx";
import { Empty, Known } from "../../part/states.tsx";
import { Tabs } from "../../part/tabs.tsx";
import { counted, durationText } from "../../part/words.ts";
import { account, hrefOf } from "../../state/place.ts";
import { DepthPlot } from "./depth-plot.tsx";
import { MessageBrowser } from "./message-browser.tsx";
import { isMoving, isOf, type Message, urlOf } from "./queue.ts";
import { ReceiveDesk } from "./receive-desk.tsx";
import { Redrive } from "./redrive.tsx";
import { SendForm } from "./send-form.tsx";

/** A queue: what it holds, and what one can do with it. */
export function QueuePage({ name, region }: { readonly name: string; readonly region: string }) {
  const arn = `arn:aws:sqs:${region}:${account.value}:${name}`;
  const known = useAnswer(
    {
      ask: async (signal) => (await control.call("GET", "queues", { queue: arn }, { signal })).queues[0],
      isChangedBy: isOf(arn),
      // Visibility timeouts and delays end, and moves of messages go on, without a step of their own.
      isMoving: (queue) => queue !== undefined && isMoving(queue),
    },
    [arn],
  );
  if (known.failure !== undefined && known.answer === undefined) return <NoQueue name={name} why={known.failure} />;
  return <Known known={known}>{(queue) => queue && <Shown queue={queue} />}</Known>;
}

function NoQueue({ name, why }: { readonly name: string; readonly why: string }) {
  return (
    <Empty title={`There is no queue ${name} to show`} isPage>
      <p>{why}</p>
      <p>
        <a href={hrefOf({ page: "queues" })}>All queues</a>
      </p>
    </Empty>
  );
}

const tabs = [
  ["messages", "Messages"],
  ["receive", "Receive"],
  ["send", "Send"],
  ["settings", "Settings"],
] as const;

type Tab = (typeof tabs)[number][0];

function Shown({ queue }: { readonly queue: Queue }) {
  const [tab, setTab] = useState<Tab>("messages");
  const [draft, setDraft] = useState<Message>();
  const sendAgain = (message: Message): void => {
    setDraft(message);
    setTab("send");
  };
  const { visible, inFlight, delayed, oldestAgeSeconds, waitingReceives } = queue;
  return (
    <div class="stack">
      <ResourceHead resource={queue}>
        <Copy text={urlOf(queue)} label="Copy URL" />
      </ResourceHead>
      <div class="line" role="status">
        <span class="mark visible">{counted(visible, "visible message")}</span>
        <span class="mark in-flight">{inFlight} in flight</span>
        <span class="mark delayed">{delayed} delayed</span>
        {oldestAgeSeconds !== undefined && (
          <span class="faint">the oldest is {durationText(oldestAgeSeconds)} old</span>
        )}
        {waitingReceives > 0 && <span class="faint">{counted(waitingReceives, "receive")} waiting</span>}
      </div>
      <DepthPlot queue={queue} />
      <Tabs tabs={tabs} chosen={tab} onChoose={setTab} label="What is shown of the queue">
        {tab === "messages" && <MessageBrowser queue={queue} onSendAgain={sendAgain} />}
        {tab === "receive" && <ReceiveDesk queue={queue} />}
        {tab === "send" && <SendForm key={draft?.id} queue={queue} draft={draft} />}
        {tab === "settings" && <Settings queue={queue} />}
      </Tabs>
    </div>
  );
}

function Settings({ queue }: { readonly queue: Queue }) {
  const { settings, region } = queue;
  const purge = () => call("sqs", "PurgeQueue", { QueueUrl: urlOf(queue) }, { region });
  return (
    <div class="columns">
      <section class="card" aria-labelledby="queue-settings">
        <h2 id="queue-settings">Settings</h2>
        <dl class="facts">
          <Fact name="Kind">{settings.isFifo ? "FIFO" : "standard"}</Fact>
          <Fact name="Visibility timeout">{durationText(settings.visibilityTimeoutSeconds)}</Fact>
          <Fact name="Delay">{durationText(settings.delaySeconds)}</Fact>
          <Fact name="Receives wait">{durationText(settings.receiveWaitSeconds)}</Fact>
          <Fact name="Retention">{durationText(settings.retentionSeconds)}</Fact>
        </dl>
      </section>
      <section class="card" aria-labelledby="queue-feeds">
        <h2 id="queue-feeds">Where messages come from and go</h2>
        <dl class="facts">
          <Fact name="Dead letters go to">
            {queue.deadLetterQueueArn === undefined ? (
              "nowhere: messages come back until they expire"
            ) : (
              <>
                <ResourceLink arn={queue.deadLetterQueueArn} /> after {counted(queue.maxReceiveCount ?? 0, "receive")}
              </>
            )}
          </Fact>
          {queue.deadLetterSources.map((source) => (
            <Fact key={source} name="Dead letters of">
              <ResourceLink arn={source} />
            </Fact>
          ))}
          {queue.subscriptions.map(({ topicArn, arn: subscription }) => (
            <Fact key={subscription} name="Messages of">
              <ResourceLink arn={topicArn} />
            </Fact>
          ))}
        </dl>
        <Redrive queue={queue} />
        <Action act={purge} kind="danger" confirm={`Delete all messages of ${queue.name}?`}>
          Purge
        </Action>
      </section>
      <FunctionReaders arn={queue.arn} />
    </div>
  );
}
