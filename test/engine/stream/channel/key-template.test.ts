import { expect, test } from "vitest";
import { DEFAULT_KEY_TEMPLATE, parseKeyTemplate } from "../../../../src/engine/stream/channel/key-template.ts";

test("a template is texts, variables and extensions", () => {
  expect(parseKeyTemplate("a/!{yyyy}!{MM}-!{extension}!{extension:.json.gz}")).toEqual([
    { type: "text", text: "a/" },
    { type: "variable", variable: "yyyy" },
    { type: "variable", variable: "MM" },
    { type: "text", text: "-" },
    { type: "extension", extension: undefined },
    { type: "extension", extension: ".json.gz" },
  ]);
});

test.for(["channel-name", "channel-id", "stream-name", "yyyy", "yy", "MM", "dd", "HH", "mm"])(
  "the variable %s is known",
  (variable) => {
    expect(parseKeyTemplate(`!{${variable}}`)).toEqual([{ type: "variable", variable }]);
  },
);

test("AWS's own template is one", () => {
  expect(parseKeyTemplate(DEFAULT_KEY_TEMPLATE)).toBeDefined();
});

test.for(["a!b{c}d", "{yyyy}", "yyyy!", "a{}"])("%s has no placeholder", (template) => {
  expect(parseKeyTemplate(template)).toEqual([{ type: "text", text: template }]);
});

test.for(["!{year}", "!{}", "!{YYYY}", "!{yyyy", "a/!{yyyy}/!{", "!{ yyyy}", "!{yyyy}!{extensions}", "!{!{yyyy}}"])(
  "%s has a placeholder that nothing fills",
  (template) => {
    expect(parseKeyTemplate(template)).toBeUndefined();
  },
);
