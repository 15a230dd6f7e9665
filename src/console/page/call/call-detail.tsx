import type { ApiCall } from "../../api/control.ts";
import { BodyView } from "../../part/body-view.tsx";
import { Copy } from "../../part/copy.tsx";
import { Fact, InstantFact, TextFact } from "../../part/facts.tsx";
import { numberText } from "../../part/words.ts";
import { awsCliOf } from "./aws-cli.ts";
import { curlOf } from "./curl.ts";

/** Everything that is known of a call, and commands that make it once more. */
export function CallDetail({ call, onClose }: { readonly call: ApiCall; readonly onClose: () => void }) {
  const { service, operation, outcome, input } = call;
  return (
    <section class="card" aria-label={`Call of ${operation}`}>
      <div class="line spread">
        <h2>
          {operation ?? "Unknown operation"} <span class="faint">{service}</span> <Outcome outcome={outcome} />
        </h2>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
      {input === undefined ? (
        <p class="faint">
          What was sent is not known: inputs were not kept when it came, it could not be read, or it is long.
        </p>
      ) : (
        <>
          <Repeat call={call} input={input} />
          <BodyView text={JSON.stringify(input, null, 2)} />
        </>
      )}
      <dl class="facts">
        <InstantFact name="When" at={call.at} />
        <Fact name="Took">{numberText(call.durationMs)} ms</Fact>
        <TextFact name="Resource" text={call.resource} />
        <TextFact name="Region" text={call.region} />
        <TextFact name="Request id" text={call.requestId} />
      </dl>
    </section>
  );
}

/** `OK`, or the code of the error. */
export function Outcome({ outcome }: { readonly outcome: string }) {
  return <span class={outcome === "OK" ? "mark good" : "mark dead"}>{outcome}</span>;
}

/** Commands that make a call once more, to copy. */
function Repeat({ call, input }: { readonly call: ApiCall; readonly input: object }) {
  const { service, operation, account, region } = call;
  if (service === undefined || operation === undefined) return null;
  const { origin: endpoint } = location;
  const repeated = { service, operation, account, region, endpoint, input: input as Readonly<Record<string, unknown>> };
  const [curl, awsCli] = [curlOf(repeated), awsCliOf(repeated)];
  if (curl === undefined || awsCli === undefined) {
    return <p class="faint">Calls of {service} are more than their input, so there is no command to copy.</p>;
  }
  return (
    <div class="line">
      <Copy text={curl} label="Copy as curl" />
      <Copy text={awsCli} label="Copy as AWS CLI command" />
      {JSON.stringify(input).includes('"****"') && <span class="faint">Put in what is hidden: it says ****.</span>}
    </div>
  );
}
