import { useState } from "preact/hooks";
import { call } from "../../api/aws.ts";
import type { Stream } from "../../api/control.ts";
import { Action } from "../../part/action.tsx";
import { Fact, TextFact } from "../../part/facts.tsx";
import { bytesText, counted, numberText } from "../../part/words.ts";
import { middleOf, neighbourOf, type PlacedShard, placedShards, type Shard, shortId } from "./shard-layout.ts";

const COLUMN = 170;
const HEIGHT = 360;
const GAP = 50;

/** Shards as ranges of hash keys, parents to the left of their children. The more records a shard holds, the darker it is. */
export function ShardMap({ stream, onChoose }: { readonly stream: Stream; readonly onChoose: (id: string) => void }) {
  const [chosenId, setChosenId] = useState<string>();
  const placed = placedShards(stream.shards);
  const most = greatest(stream.shards.map(({ recordCount }) => recordCount));
  const width = (greatest(placed.map(({ generation }) => generation)) + 1) * (COLUMN + GAP);
  const byId = new Map(placed.map((one) => [one.shard.shardId, one]));
  const chosen = byId.get(chosenId ?? "")?.shard;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section class="map-scroller" tabIndex={0} aria-label="Shards by hash key">
        <svg class="shards" width={width} height={HEIGHT + 4}>
          <title>{counted(stream.shards.length, "shard")}</title>
          {placed.map((one) => (
            <Descent key={one.shard.shardId} child={one} byId={byId} />
          ))}
          {placed.map((one) => (
            <Box
              key={one.shard.shardId}
              placed={one}
              share={one.shard.recordCount / Math.max(1, most)}
              isChosen={one.shard === chosen}
            />
          ))}
        </svg>
      </section>
      <label class="line">
        Shard
        <select value={chosenId ?? ""} onChange={({ currentTarget }) => setChosenId(currentTarget.value)}>
          <option value="">choose one</option>
          {stream.shards.map(({ shardId, isOpen }) => (
            <option key={shardId} value={shardId}>
              {shortId(shardId)}
              {isOpen ? "" : ", closed"}
            </option>
          ))}
        </select>
      </label>
      {chosen && <Chosen stream={stream} shard={chosen} onChoose={onChoose} />}
    </>
  );
}

/** Lines from a shard's parents to it. */
function Descent({ child, byId }: { readonly child: PlacedShard; readonly byId: ReadonlyMap<string, PlacedShard> }) {
  const parents = [child.shard.parentShardId, child.shard.adjacentParentShardId].flatMap(
    (id) => byId.get(id ?? "") ?? [],
  );
  const [x, y] = [leftOf(child), middleYOf(child)];
  return (
    <>
      {parents.map((parent) => {
        const from = leftOf(parent) + COLUMN;
        const middle = (from + x) / 2;
        const path = `M${from} ${middleYOf(parent)}C${middle} ${middleYOf(parent)} ${middle} ${y} ${x} ${y}`;
        return <path key={parent.shard.shardId} class="descent" d={path} />;
      })}
    </>
  );
}

interface BoxProps {
  readonly placed: PlacedShard;
  /** How much it holds, of what the fullest shard holds. */
  readonly share: number;
  readonly isChosen: boolean;
}

function Box({ placed, share, isChosen }: BoxProps) {
  const { shard, top, height } = placed;
  const classes = ["shard", ...(shard.isOpen ? [] : ["closed"]), ...(isChosen ? ["chosen"] : [])].join(" ");
  return (
    <g class={classes} transform={`translate(${leftOf(placed)} ${2 + top * HEIGHT})`}>
      <title>{`${shortId(shard.shardId)}: ${counted(shard.recordCount, "record")}, ${bytesText(shard.bytes)}`}</title>
      <rect class="frame" width={COLUMN} height={Math.max(2, height * HEIGHT - 2)} rx="4" />
      <rect class="fill" width={COLUMN * share} height={Math.max(2, height * HEIGHT - 2)} rx="4" />
      {height * HEIGHT > 18 && (
        <text x="8" y="16">
          {shortId(shard.shardId)} · {numberText(shard.recordCount)}
        </text>
      )}
    </g>
  );
}

function greatest(values: readonly number[]): number {
  return values.reduce((one, other) => Math.max(one, other), 0);
}

function leftOf({ generation }: PlacedShard): number {
  return generation * (COLUMN + GAP);
}

function middleYOf({ top, height }: PlacedShard): number {
  return 2 + (top + height / 2) * HEIGHT;
}

interface ChosenProps {
  readonly stream: Stream;
  readonly shard: Shard;
  readonly onChoose: (id: string) => void;
}

/** What is known of a shard, and what can be done with it. */
function Chosen({ stream, shard, onChoose }: ChosenProps) {
  const { region, arn: StreamARN } = stream;
  const neighbour = neighbourOf(shard, stream.shards);
  const split = (): Promise<unknown> =>
    call(
      "kinesis",
      "SplitShard",
      { StreamARN, ShardToSplit: shard.shardId, NewStartingHashKey: middleOf(shard) },
      { region },
    );
  const merge = (other: Shard): Promise<unknown> =>
    call(
      "kinesis",
      "MergeShards",
      { StreamARN, ShardToMerge: shard.shardId, AdjacentShardToMerge: other.shardId },
      { region },
    );
  return (
    <section class="card" aria-label={shard.shardId}>
      <h2 class="mono">{shard.shardId}</h2>
      <dl class="facts">
        <Fact name="State">{shard.isOpen ? "open" : "closed"}</Fact>
        <Fact name="Holds">
          {counted(shard.recordCount, "record")}, {bytesText(shard.bytes)}
        </Fact>
        <TextFact name="Hash keys from" text={shard.startingHashKey} />
        <TextFact name="to" text={shard.endingHashKey} />
        <TextFact name="Parent" text={shard.parentShardId} />
        <TextFact name="Other parent" text={shard.adjacentParentShardId} />
      </dl>
      <div class="line">
        <button type="button" onClick={() => onChoose(shard.shardId)}>
          Show its records
        </button>
        {shard.isOpen && <Action act={split}>Split in the middle</Action>}
        {shard.isOpen && neighbour && (
          <Action act={() => merge(neighbour)}>Merge with {shortId(neighbour.shardId)}</Action>
        )}
      </div>
    </section>
  );
}
