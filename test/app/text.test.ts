import { expect, test } from "vitest";
import { readyText } from "../../src/app/text.ts";

test("the server says where it is, which variables lead there, and that it is ready", () => {
  expect(readyText("http://127.0.0.1:4566", { region: "eu-west-1" })).toBe(`Waystation is ready at http://127.0.0.1:4566

Clients find it with these variables:
  export AWS_ENDPOINT_URL=http://127.0.0.1:4566
  export AWS_ACCESS_KEY_ID=test
  export AWS_SECRET_ACCESS_KEY=test
  export AWS_DEFAULT_REGION=eu-west-1
  export AWS_REGION=eu-west-1
Beside something that serves other services, instead of the first of them:
  export AWS_ENDPOINT_URL_SQS=http://127.0.0.1:4566 AWS_ENDPOINT_URL_SNS=http://127.0.0.1:4566 AWS_ENDPOINT_URL_KINESIS=http://127.0.0.1:4566
Version 1 of the AWS CLI wants --endpoint-url http://127.0.0.1:4566 as well.

Ready.
`);
});

test("behind a proxy it says how clients are told that it is none for this address", () => {
  const environment = { HTTP_PROXY: "http://proxy.example:3128", NO_PROXY: "intranet" };
  const text = readyText("http://127.0.0.1:4566", { region: "us-east-1" }, { environment });
  expect(text).toContain("  export NO_PROXY=intranet,127.0.0.1 no_proxy=intranet,127.0.0.1\nBeside");
  expect(text).toContain("The environment names a proxy");
});

test("with TLS it says that plain HTTP is taken as well", () => {
  expect(readyText("https://127.0.0.1:4566", { region: "us-east-1" })).toContain("plain http://127.0.0.1:4566 as well");
});
