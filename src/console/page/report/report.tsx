import { control } from "../../api/control.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { ResourceLink } from "../../part/columns.tsx";
import { Recording } from "../../part/recording.tsx";
import { Empty, Known } from "../../part/states.tsx";
import { account } from "../../state/place.ts";

const MOST_SHOWN = 1000;

/** What is likely to be a mistake, by what it shows, and what to do. */
export function Report() {
  const known = useAnswer(
    {
      ask: async (signal) => {
        const inputs = { account: account.value, limit: MOST_SHOWN };
        return (await control.call("GET", "report", inputs, { signal })).findings;
      },
      // Judging everything costs more than a look; what is done here is not watched in motion.
      isChangedBy: () => false,
    },
    [account.value],
  );
  return (
    <div class="stack">
      <div class="line spread">
        <h1>Report</h1>
        <button type="button" onClick={known.reload}>
          Look again
        </button>
      </div>
      <Recording />
      <Known known={known}>
        {(findings) =>
          findings.length === 0 ? (
            <Empty title="Nothing looks like a mistake">
              <p>
                With recording on, what clients do is judged as well: short polls, slow handlers, filters that never
                match.
              </p>
            </Empty>
          ) : (
            <ul class="findings">
              {findings.map(({ lint, resource, text, evidence, advice }) => (
                <li key={`${lint} ${resource} ${text}`} class="card">
                  <div class="line spread">
                    <h2>{text}</h2>
                    <span class="mark">{lint}</span>
                  </div>
                  <p>
                    <ResourceLink arn={resource} />: {evidence}
                  </p>
                  <p>
                    <strong>What to do:</strong> {advice}
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Known>
    </div>
  );
}
