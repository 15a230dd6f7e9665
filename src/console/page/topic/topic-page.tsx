import { useState } from "preact/hooks";
import { listed } from "../../api/control.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { ResourceHead } from "../../part/resource-head.tsx";
import { Empty, Known } from "../../part/states.tsx";
import { Tabs } from "../../part/tabs.tsx";
import { account, hrefOf } from "../../state/place.ts";
import { Attempts } from "./attempts.tsx";
import { FilterTester } from "./filter-tester.tsx";
import { PublishForm } from "./publish-form.tsx";
import { Subscriptions } from "./subscriptions.tsx";

const tabs = [
  ["subscriptions", "Subscriptions"],
  ["filters", "Who gets it?"],
  ["publish", "Publish"],
  ["attempts", "Attempts"],
] as const;

type Tab = (typeof tabs)[number][0];

/** A topic: who is subscribed, who would get a message, and what became of those that were published. */
export function TopicPage({ name, region }: { readonly name: string; readonly region: string }) {
  const arn = `arn:aws:sns:${region}:${account.value}:${name}`;
  const [tab, setTab] = useState<Tab>("subscriptions");
  const known = useAnswer(
    {
      ask: async (signal) => ({ topic: (await listed("topics", "topics", signal)).find((one) => one.arn === arn) }),
      isChangedBy: ({ resource, kind }) => resource === arn && kind !== "published",
    },
    [arn],
  );
  return (
    <Known known={known}>
      {({ topic }) =>
        topic === undefined ? (
          <Empty title={`There is no topic ${name} in ${region}`} isPage>
            <p>
              <a href={hrefOf({ page: "topics" })}>All topics</a>
            </p>
          </Empty>
        ) : (
          <div class="stack">
            <ResourceHead resource={topic} />
            <Tabs tabs={tabs} chosen={tab} onChoose={setTab} label="What is shown of the topic">
              {tab === "subscriptions" && <Subscriptions topic={topic} />}
              {tab === "filters" && <FilterTester topic={topic} />}
              {tab === "publish" && <PublishForm topic={topic} />}
              {tab === "attempts" && <Attempts topic={topic} />}
            </Tabs>
          </div>
        )
      }
    </Known>
  );
}
