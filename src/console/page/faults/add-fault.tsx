import { useState } from "preact/hooks";
import { control } from "../../api/control.ts";
import { Action } from "../../part/action.tsx";
import { type Act, Form } from "../../part/form.tsx";
import { account } from "../../state/place.ts";

/** Presets, with what they do. */
const presets = [
  ["aws-like", "Duplicates, reordering and short polls that miss messages, as AWS documents them"],
  ["throttled", "Three of ten calls are throttled"],
  ["flaky-network", "Requests and answers are lost, cut or late"],
] as const;

/** Effects that are asked for with their name alone, or with the one member that each needs. */
const effects = {
  throttle: undefined,
  error: "code",
  latency: "duration",
  drop: undefined,
  truncate: undefined,
  duplicate: undefined,
  reorder: undefined,
  sample: undefined,
  "delay-delivery": "duration",
  "fail-delivery": undefined,
  "expire-iterator": undefined,
  "throttle-shard": undefined,
  "fail-invocation": undefined,
  "time-out-invocation": undefined,
  "throttle-invocation": undefined,
  "cold-start": undefined,
  "delay-invocation": "duration",
} as const;

type EffectName = keyof typeof effects;

/** Adds a preset, or a fault of one's own. */
export function AddFault({ onAdded }: { readonly onAdded: () => void }) {
  const addPreset = async (preset: string): Promise<void> => {
    await control.call("POST", "faults", { preset, account: account.value });
    onAdded();
  };
  return (
    <div class="columns">
      <OwnFault onAdded={onAdded} />
      <section class="card" aria-labelledby="presets">
        <h2 id="presets">Presets</h2>
        {presets.map(([name, what]) => (
          <div key={name}>
            <p>{what}</p>
            <Action act={() => addPreset(name)}>Add {name}</Action>
          </div>
        ))}
      </section>
    </div>
  );
}

function OwnFault({ onAdded }: { readonly onAdded: () => void }) {
  const [effect, setEffect] = useState<EffectName>("throttle");
  const [member, setMember] = useState("");
  const [operation, setOperation] = useState("");
  const [resource, setResource] = useState("");
  const [times, setTimes] = useState("1");
  const needed = effects[effect];
  const act: Act = async () => {
    await control.call("POST", "faults", {
      account: account.value,
      effect,
      operation: operation === "" ? undefined : operation,
      resource: resource === "" ? undefined : resource,
      times: times === "" ? undefined : Number(times),
      ...(needed === undefined ? {} : { [needed]: member }),
    });
    onAdded();
  };
  return (
    <section class="card" aria-labelledby="own-fault">
      <h2 id="own-fault">Have something go wrong</h2>
      <Form submit="Add" act={act}>
        <label>
          What
          <select value={effect} onChange={({ currentTarget }) => setEffect(currentTarget.value as EffectName)}>
            {Object.keys(effects).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        {needed !== undefined && (
          <label>
            {needed === "code" ? "Error code, such as InternalError" : "For how long, such as 250ms or 30s"}
            <input required value={member} onInput={({ currentTarget }) => setMember(currentTarget.value)} />
          </label>
        )}
        <label>
          On which operation; all unless given
          <input
            value={operation}
            placeholder="SendMessage"
            onInput={({ currentTarget }) => setOperation(currentTarget.value)}
          />
        </label>
        <label>
          Of which queue, topic, stream or function; all unless given
          <input value={resource} onInput={({ currentTarget }) => setResource(currentTarget.value)} />
        </label>
        <label>
          How often at most; always unless given
          <input type="number" min={1} value={times} onInput={({ currentTarget }) => setTimes(currentTarget.value)} />
        </label>
      </Form>
    </section>
  );
}
