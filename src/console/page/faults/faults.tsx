import { type Answer, control } from "../../api/control.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Action } from "../../part/action.tsx";
import { Empty, Known } from "../../part/states.tsx";
import { account } from "../../state/place.ts";
import { AddFault } from "./add-fault.tsx";
import { faultText, happenedText } from "./fault-text.ts";

type Fault = Answer<"faults">["faults"][number];

/** What is made to go wrong, how often it did, and what else could. */
export function Faults() {
  const known = useAnswer(
    {
      ask: readFaults,
    },
    [account.value],
  );
  const removeAll = async (): Promise<void> => {
    await control.call("DELETE", "faults", { account: account.value });
    known.reload();
  };
  return (
    <div class="stack">
      <h1>Faults</h1>
      <AddFault onAdded={known.reload} />
      <Known known={known}>
        {(faults) =>
          faults.length === 0 ? (
            <Empty title="Nothing is made to go wrong">
              <p>
                A fault has calls, messages, deliveries or invocations go wrong as they do on AWS, repeatably: its seed
                says when.
              </p>
            </Empty>
          ) : (
            <section class="stack" aria-label="Faults">
              <Action act={removeAll} kind="danger" confirm="End all faults?">
                End all
              </Action>
              <ul class="findings">
                {faults.map((fault) => (
                  <Rule key={`${fault.account} ${fault.id}`} fault={fault} onRemoved={known.reload} />
                ))}
              </ul>
            </section>
          )
        }
      </Known>
    </div>
  );
}

/** The faults of the account, and those of every account where the server lets them be seen. */
async function readFaults(signal: AbortSignal): Promise<readonly Fault[]> {
  const own = account.value;
  const all = await control
    .call("GET", "faults", {}, { signal })
    .catch(() => control.call("GET", "faults", { account: own }, { signal }));
  return all.faults.filter((fault) => fault.account === undefined || fault.account === own);
}

function Rule({ fault, onRemoved }: { readonly fault: Fault; readonly onRemoved: () => void }) {
  const { id, seed, effect } = fault;
  const remove = async (): Promise<void> => {
    await control.call("DELETE", "faults", { id, account: fault.account });
    onRemoved();
  };
  return (
    <li class="card">
      <div class="line spread">
        <h2>{faultText(fault)}</h2>
        <Action act={remove}>End</Action>
      </div>
      <p role="status">
        {happenedText(fault)}
        {fault.account === undefined ? ", in every account." : "."}
      </p>
      <p class="faint">
        <span class="mono">{id}</span>, seed <span class="mono">{seed}</span>, {JSON.stringify(effect)}
      </p>
    </li>
  );
}
