import { useEffect, useState } from "preact/hooks";
import { control, type Queue } from "../../api/control.ts";
import { usePages } from "../../api/use-pages.ts";
import { Empty, Failure, Loading } from "../../part/states.tsx";
import { type Column, VirtualTable } from "../../part/virtual-table.tsx";
import { agoText, distanceText, parseInstant } from "../../part/words.ts";
import { now } from "../../state/time.ts";
import { GroupLanes } from "./group-lanes.tsx";
import { MessageDetail } from "./message-detail.tsx";
import { isOf, type Message } from "./queue.ts";

const STATES = ["visible", "held", "in-flight", "delayed"] as const;
const PAGE_LIMIT = 200;

interface MessageBrowserProps {
  readonly queue: Queue;
  readonly onSendAgain: (message: Message) => void;
}

/** The messages of a queue in the order in which they would be received. None is received by looking. */
export function MessageBrowser({ queue, onSendAgain }: MessageBrowserProps) {
  const [state, setState] = useState("");
  const [contains, setContains] = useState("");
  const [group, setGroup] = useState<string>();
  const [chosen, setChosen] = useState<string>();
  const pages = usePages(
    {
      ask: async (next, signal) => {
        const wanted = { state: STATES.find((one) => one === state), contains: contains === "" ? undefined : contains };
        const inputs = { queue: queue.arn, limit: PAGE_LIMIT, group, next, ...wanted };
        const { messages, next: more } = await control.call("GET", "queues/messages", inputs, { signal });
        return { items: messages, next: more };
      },
      isChangedBy: isOf(queue.arn),
    },
    [queue.arn, state, contains, group],
  );
  // What time alone changes is told by the counts.
  useEffect(pages.reload, [queue.visible, queue.inFlight, queue.delayed]);
  const message = pages.rows.find(({ id }) => id === chosen);
  return (
    <>
      <div class="line">
        <label class="line">
          State
          <select value={state} onChange={({ currentTarget }) => setState(currentTarget.value)}>
            <option value="">any</option>
            {STATES.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <label class="line">
          Body contains
          <input type="search" value={contains} onInput={({ currentTarget }) => setContains(currentTarget.value)} />
        </label>
      </div>
      {pages.rows.some((one) => one.group !== undefined) && (
        <GroupLanes messages={pages.rows} chosen={group} onChoose={setGroup} />
      )}
      {pages.failure !== undefined && <Failure text={pages.failure} retry={pages.reload} />}
      {!pages.isKnown && pages.failure === undefined && <Loading />}
      {pages.isKnown && pages.rows.length === 0 && (
        <Empty title="No messages here">
          <p>What is sent to this queue shows at once. The tab “Send” has a form.</p>
        </Empty>
      )}
      {pages.rows.length > 0 && (
        <p class="faint">
          Looking takes no message. To delete or release one, receive it under “Receive”: as on AWS, only who received
          it has the receipt that it takes.
        </p>
      )}
      {pages.rows.length > 0 && (
        <VirtualTable
          label="Messages"
          columns={columns(setChosen)}
          rows={pages.rows}
          keyOf={({ id }) => id}
          chosen={chosen}
          onChoose={({ id }) => setChosen(id)}
          onShow={pages.show}
        />
      )}
      {message && <MessageDetail message={message} onSendAgain={onSendAgain} onClose={() => setChosen(undefined)} />}
    </>
  );
}

function columns(choose: (id: string) => void): readonly Column<Message>[] {
  return [
    {
      title: "Message",
      width: "26%",
      cell: ({ id }) => (
        <button type="button" class="link mono" onClick={() => choose(id)}>
          {id}
        </button>
      ),
    },
    { title: "State", width: "15%", cell: (message) => <State message={message} /> },
    { title: "Body", cell: ({ body }) => <span class="mono">{body.slice(0, 200)}</span> },
    { title: "Received", width: "5.5rem", align: "end", cell: ({ receiveCount }) => `${receiveCount} ×` },
    { title: "Sent", width: "9.5rem", align: "end", cell: ({ sentAt }) => agoText(parseInstant(sentAt), now.value) },
  ];
}

/** The state of a message, with the deadline that runs. */
function State({ message: { state, visibleAt, deadLettersNext } }: { readonly message: Message }) {
  return (
    <>
      <span class={`mark ${state}`}>{state}</span>
      {deadLettersNext === true && <span class="mark dead">dead letter next</span>}
      {visibleAt !== undefined && state !== "visible" && (
        <span class="faint"> until {distanceText(parseInstant(visibleAt), now.value)}</span>
      )}
    </>
  );
}
