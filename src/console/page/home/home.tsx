import { useState } from "preact/hooks";
import { useAnswer } from "../../api/use-answer.ts";
import { Empty, Known } from "../../part/states.tsx";
import { numberText } from "../../part/words.ts";
import { account } from "../../state/place.ts";
import { isMoving } from "../queue/queue.ts";
import { About } from "./about.tsx";
import { FirstMessage } from "./first-message.tsx";
import { Listing } from "./listing.tsx";
import { WorldMap } from "./map/map.tsx";
import { Variables } from "./variables.tsx";
import { narrowed, readWorld, sizeOf, type World } from "./world.ts";

/** More than that is no map any more; a search narrows it. */
const MOST_ON_MAP = 150;

/** What there is, and what goes on. */
export function Home() {
  const known = useAnswer({ ask: readWorld, isMoving: ({ queues }) => queues.some(isMoving) }, [account.value]);
  return (
    <div class="stack">
      <h1>What there is</h1>
      <Known known={known}>{(world) => (sizeOf(world) === 0 ? <Nothing /> : <Everything world={world} />)}</Known>
      <div class="columns">
        <FirstMessage />
        <Variables />
        <About />
      </div>
    </div>
  );
}

function Nothing() {
  return (
    <Empty title={`The account ${account.value} has nothing yet`}>
      <p>
        Send a first message below, or give your clients the variables beside it. What they make shows here at once.
      </p>
    </Empty>
  );
}

function Everything({ world }: { readonly world: World }) {
  const [text, setText] = useState("");
  const shown = narrowed(world, text);
  return (
    <>
      <label class="line">
        <span>Search</span>
        <input type="search" value={text} onInput={({ currentTarget }) => setText(currentTarget.value)} />
        <span class="faint" role="status">
          {numberText(sizeOf(shown))} of {numberText(sizeOf(world))}
        </span>
      </label>
      {sizeOf(shown) > MOST_ON_MAP ? (
        <p class="faint">There is a map of up to {MOST_ON_MAP} things: narrow it with the search.</p>
      ) : (
        <WorldMap world={shown} />
      )}
      <Listing world={shown} />
    </>
  );
}
