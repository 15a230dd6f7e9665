import { Copy } from "../../part/copy.tsx";
import { account } from "../../state/place.ts";

/** What clients are to be given so that they come here. */
export function Variables() {
  const text = [
    `export AWS_ENDPOINT_URL=${location.origin}`,
    `export AWS_ACCESS_KEY_ID=${account.value}`,
    "export AWS_SECRET_ACCESS_KEY=any",
    "export AWS_REGION=us-east-1",
  ].join("\n");
  return (
    <section class="card" aria-labelledby="variables">
      <div class="line spread">
        <h2 id="variables">Send your clients here</h2>
        <Copy text={text} />
      </div>
      <pre>{text}</pre>
      <p class="faint">
        Where other services live elsewhere, set <code>AWS_ENDPOINT_URL_SQS</code>, <code>AWS_ENDPOINT_URL_SNS</code>{" "}
        and <code>AWS_ENDPOINT_URL_KINESIS</code> instead.
      </p>
    </section>
  );
}
