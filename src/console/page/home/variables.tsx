import { useState } from "preact/hooks";
import { Copy } from "../../part/copy.tsx";
import { Tabs } from "../../part/tabs.tsx";
import { place } from "../../state/place.ts";

/** Where clients are to go, as this browser has it, and on whose behalf. */
interface ClientPlace {
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
}

/** What is told to one kind of client. */
interface Advice {
  readonly lines: (to: ClientPlace) => readonly string[];
  readonly note: (to: ClientPlace) => string;
}

const tabs = [
  ["all", "All of AWS"],
  ["mixed", "Beside others"],
  ["cli", "AWS CLI"],
  ["curl", "curl"],
] as const;

type Kind = (typeof tabs)[number][0];

const advice: Readonly<Record<Kind, Advice>> = {
  all: {
    lines: (to) => [`export AWS_ENDPOINT_URL=${to.endpoint}`, ...callerLines(to)],
    note: () => "SDKs and the AWS CLI read them. The access key id is the account; any other stands for the usual one.",
  },
  mixed: {
    lines: (to) => [
      ...["SQS", "SNS", "KINESIS"].map((service) => `export AWS_ENDPOINT_URL_${service}=${to.endpoint}`),
      ...callerLines(to),
    ],
    note: () => "Clients of other services go where they went before.",
  },
  cli: {
    lines: ({ endpoint, account }) => [
      "aws sqs create-queue --queue-name jobs",
      `aws sqs send-message --queue-url ${endpoint}/${account}/jobs --message-body hello`,
      `aws sqs receive-message --queue-url ${endpoint}/${account}/jobs`,
    ],
    note: ({ endpoint }) =>
      `With the variables beside it. Version 1 overlooks AWS_ENDPOINT_URL and wants --endpoint-url ${endpoint} as well.`,
  },
  curl: {
    lines: ({ endpoint, account, region }) => {
      const curl = `curl --aws-sigv4 aws:amz:${region}:sqs --user ${account}:test`;
      return [
        `${curl} "${endpoint}/?Action=CreateQueue&QueueName=jobs"`,
        `${curl} "${endpoint}/${account}/jobs?Action=SendMessage&MessageBody=hello"`,
        `${curl} "${endpoint}/${account}/jobs?Action=ReceiveMessage"`,
      ];
    },
    note: () => "The signature says account and region; it is not checked, so the secret may be any.",
  },
};

/** What clients are to be given so that they come here. */
export function Variables() {
  const [kind, setKind] = useState<Kind>("all");
  const { account, region } = place.value;
  const to = { endpoint: location.origin, account, region };
  const { lines, note } = advice[kind];
  const text = lines(to).join("\n");
  return (
    <section class="card" aria-labelledby="variables">
      <div class="line spread">
        <h2 id="variables">Send your clients here</h2>
        <Copy text={text} />
      </div>
      <Tabs tabs={tabs} chosen={kind} onChoose={setKind} label="Which clients">
        <pre>{text}</pre>
        <p class="faint">{note(to)}</p>
      </Tabs>
    </section>
  );
}

/** Tools of different ages look for the region in one of two places. */
function callerLines({ account, region }: ClientPlace): readonly string[] {
  return [
    `export AWS_ACCESS_KEY_ID=${account}`,
    "export AWS_SECRET_ACCESS_KEY=test",
    `export AWS_DEFAULT_REGION=${region}`,
    `export AWS_REGION=${region}`,
  ];
}
