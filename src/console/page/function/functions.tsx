import { type LambdaFunction, listed } from "../../api/control.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { countColumn, nameColumn, regionColumn } from "../../part/columns.tsx";
import { Empty, Known } from "../../part/states.tsx";
import { VirtualTable } from "../../part/virtual-table.tsx";
import { account, place } from "../../state/place.ts";
import { FunctionPage } from "./function-page.tsx";

/** All functions, or the one that the address names. */
export function Functions() {
  const { name, region } = place.value;
  return name === "" ? <FunctionList /> : <FunctionPage key={`${region} ${name}`} name={name} region={region} />;
}

const columns = [
  nameColumn,
  { title: "Runtime", width: "7.5rem", cell: ({ runtime, packageType }: LambdaFunction) => runtime ?? packageType },
  countColumn<LambdaFunction>("Versions", ({ versionCount }) => versionCount),
  countColumn<LambdaFunction>("Event sources", ({ eventSources }) => eventSources.length),
  regionColumn,
];

function FunctionList() {
  const known = useAnswer(
    {
      ask: (signal) => listed("functions", "functions", signal),
      isChangedBy: ({ service, kind }) => service === "lambda" || kind === "reset",
    },
    [account.value],
  );
  return (
    <div class="stack">
      <h1>Functions</h1>
      <Known known={known}>
        {(functions) =>
          functions.length === 0 ? (
            <Empty title="There are no functions">
              <p>
                Make one as on AWS:{" "}
                <code>
                  aws lambda create-function --function-name pack --runtime nodejs22.x --handler index.handler --role
                  arn:aws:iam::{account.value}:role/any --zip-file fileb://pack.zip --endpoint-url {location.origin}
                </code>
              </p>
            </Empty>
          ) : (
            <VirtualTable label="Functions" columns={columns} rows={functions} keyOf={({ arn }) => arn} />
          )
        }
      </Known>
    </div>
  );
}
