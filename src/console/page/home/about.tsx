import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { Known } from "../../part/states.tsx";

/** What the server says of itself at its front door. */
interface ServerFacts {
  readonly description: string;
  readonly version: string;
  readonly services: readonly string[];
}

const looks = [
  ["openapi.json", "all control routes"],
  ["report", "what is likely to be a mistake"],
  ["export", "everything, as a document to start with"],
] as const;

/** What this is, and what else it tells. */
export function About() {
  const known = useAnswer({ ask: readFacts, isChangedBy: () => false }, []);
  return (
    <section class="card" aria-labelledby="about">
      <h2 id="about">This server</h2>
      <Known known={known}>
        {({ description, version, services }) => (
          <p>
            Waystation {version}. {description} It serves {services.join(", ")}.
          </p>
        )}
      </Known>
      <ul class="links">
        {looks.map(([path, what]) => (
          <li key={path}>
            <a href={`${CONTROL_PREFIX}${path}`}>{path}</a> <span class="faint">{what}</span>
          </li>
        ))}
      </ul>
      <p class="faint">
        The guides lie in <code>docs/</code> of the package.
      </p>
    </section>
  );
}

async function readFacts(signal: AbortSignal): Promise<ServerFacts> {
  return (await fetch("/", { signal, headers: { accept: "application/json" } })).json();
}
