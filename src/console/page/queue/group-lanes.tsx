import { useMemo } from "preact/hooks";
import type { Message } from "./queue.ts";

interface GroupLanesProps {
  readonly messages: readonly Message[];
  readonly chosen: string | undefined;
  readonly onChoose: (group: string | undefined) => void;
}

const MOST_LANES = 50;
const MOST_IN_LANE = 40;

/** Message groups side by side, each with its messages in their order: what is in flight holds those behind it. */
export function GroupLanes({ messages, chosen, onChoose }: GroupLanesProps) {
  const groups = useMemo(() => Map.groupBy(messages, ({ group = "" }) => group), [messages]);
  return (
    <section class="stack" aria-label="Message groups">
      {chosen !== undefined && (
        <button type="button" onClick={() => onChoose(undefined)}>
          Show all groups
        </button>
      )}
      <ul class="lanes">
        {[...groups].slice(0, MOST_LANES).map(([group, lane]) => (
          <li key={group} class="lane">
            <button type="button" class="link" onClick={() => onChoose(group)}>
              {group}
            </button>
            <span class="faint">{lane.length}</span>
            {[...lane]
              .sort(bySequence)
              .slice(0, MOST_IN_LANE)
              .map(({ id, state, body }) => (
                <span key={id} class={`bead ${state}`} title={`${state}: ${body.slice(0, 80)}`}>
                  <span class="visually-hidden">{state}</span>
                </span>
              ))}
          </li>
        ))}
      </ul>
      {groups.size > MOST_LANES && <p class="faint">and {groups.size - MOST_LANES} more groups</p>}
    </section>
  );
}

/** Sequence numbers have up to 20 digits, all of one queue as many. */
function bySequence({ sequenceNumber: one = "" }: Message, { sequenceNumber: other = "" }: Message): number {
  return one < other ? -1 : 1;
}
