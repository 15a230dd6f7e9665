import { expect, test } from "vitest";
import { compileFilterPolicy } from "../../../src/engine/pattern/filter-policy.ts";
import { MessageView } from "../../../src/engine/pattern/matching/message-view.ts";

/** Whether a body whose member `key` is that JSON is accepted by a policy with these conditions on `key`. */
function accepts(conditions: string, value: string): boolean {
  const result = compileFilterPolicy(`{"key":${conditions}}`, "MessageBody");
  if ("error" in result) throw new Error(result.error.message);
  return result.policy.accepts(new MessageView({ body: `{"key":${value}}` }));
}

/** Conditions, values that meet them, values that do not. */
const CASES: readonly (readonly [conditions: string, met: readonly string[], unmet: readonly string[]])[] = [
  ['["rugby"]', ['"rugby"'], ['"Rugby"', '"rugby "', "null", "5"]],
  ['["5"]', ['"5"'], ["5"]],
  ['[""]', ['""'], ["null", '"a"']],
  ["[5]", ["5", "5.0", "0.5e1", "50E-1"], ['"5"', "5.1", "-5", "true"]],
  ["[301.5]", ["301.5", "3.015e2"], ["301.51"]],
  ["[-0.0]", ["0", "-0", "0.0"], ["null", "false", '""']],
  [
    "[123456789012345678]",
    ["123456789012345678"],
    ["123456789012345679", "123456789012345677", '"123456789012345678"'],
  ],
  ["[true]", ["true"], ["false", '"true"', "1"]],
  ["[false]", ["false"], ["true", "null", "0"]],
  ["[null]", ["null"], ['"null"', '""', "false", "[]", "{}"]],
  ['["a",1,null]', ['"a"', "1", "null"], ['"1"', "true"]],
  ['[{"exactly":"a"}]', ['"a"'], ['"A"', '"ab"']],
  ['[{"prefix":"bas"}]', ['"bas"', '"baseball"'], ['"ba"', '"Base"', '"abas"', "5"]],
  ['[{"prefix":"5"}]', ['"5"', '"50"'], ["5", "50"]],
  ['[{"prefix":""}]', ['""', '"a"'], ["5", "null"]],
  ['[{"prefix":{"equals-ignore-case":"bAs"}}]', ['"bas"', '"BASEball"'], ['"ba"', '"abas"']],
  ['[{"suffix":"ball"}]', ['"ball"', '"baseball"'], ['"all"', '"Ball"', '"balls"', "5"]],
  ['[{"suffix":{"equals-ignore-case":"bAll"}}]', ['"ball"', '"baseBALL"'], ['"all"', '"balls"']],
  ['[{"equals-ignore-case":"Tennis"}]', ['"tennis"', '"TENNIS"'], ['"tenni"', '"tennis "', "null"]],
  ['[{"equals-ignore-case":"ÄÖ"}]', ['"äö"', '"Äö"'], ['"ao"']],
  ['[{"wildcard":"*ball"}]', ['"baseball"', '"ball"'], ['"balls"', "5"]],
  ['[{"wildcard":"a\\\\*b"}]', ['"a*b"'], ['"axb"', '"a\\\\*b"']],
  [
    '[{"cidr":"10.0.0.0/24"}]',
    ['"10.0.0.0"', '"10.0.0.255"'],
    ['"10.0.1.0"', '"9.255.255.255"', '"10.0.0.256"', '"::"', "10"],
  ],
  ['[{"cidr":"0.0.0.0/0"}]', ['"0.0.0.0"', '"255.255.255.255"'], ['"::"', '"a"']],
  ['[{"cidr":"10.0.0.4/31"}]', ['"10.0.0.4"', '"10.0.0.5"'], ['"10.0.0.3"', '"10.0.0.6"']],
  ['[{"cidr":"10.0.0.5/24"}]', ['"10.0.0.5"', '"10.0.0.255"'], ['"10.0.0.4"']],
  [
    '[{"cidr":"2001:db8:1234:1a00::/64"}]',
    [
      '"2001:0db8:1234:1a00:0000:0000:0000:0000"',
      '"2001:db8:1234:1a00::1"',
      '"2001:DB8:1234:1A00:ffff:ffff:ffff:ffff"',
    ],
    ['"2001:db8:1234:1a01::"', '"2001:db8:1234:19ff:ffff:ffff:ffff:ffff"', '"10.0.0.1"'],
  ],
  ['[{"exists":true}]', ['"a"', "0", "false", '["a"]', '[null,"a"]'], ["null", '""', "[]", "{}", '{"a":1}', "[null]"]],
  ['[{"exists":false}]', ["null", '""', "[]", "{}", '{"a":1}', "[null]"], ['"a"', "0", "false", '["a"]', '[null,"a"]']],
  ['[{"numeric":["=",100]}]', ["100", "1e2"], ["100.00001", '"100"', "null"]],
  ['[{"numeric":["=",100.1234567]}]', ["100.123456789"], ["100.1234561", "100.12345"]],
  ["[100.1234567]", ["100.123456789"], ["100.1234561", "100.12346"]],
  ['[{"anything-but":100.1234567}]', ["100.1234561"], ["100.123456789"]],
  ['[{"numeric":["<",10]}]', ["9.99999", "-1e300"], ["10", "10.00001", '"9"']],
  ['[{"numeric":["<=",10]}]', ["10", "9.99999"], ["10.00001"]],
  ['[{"numeric":[">",10]}]', ["10.00001", "1e300"], ["10", "9.99999"]],
  ['[{"numeric":[">=",10]}]', ["10", "10.00001"], ["9.99999"]],
  ['[{"numeric":[">",0,"<",5]}]', ["0.00001", "4.99999"], ["0", "5"]],
  ['[{"numeric":[">=",0,"<=",5]}]', ["0", "5"], ["-0.00001", "5.00001"]],
  ['[{"numeric":[">",0,"<=",100]}]', ["99", "100"], ["111", "0"]],
  ['[{"numeric":[">",0]}]', ["9007199254740992"], ["9007199254740993"]],
  ['[{"anything-but":"rugby"}]', ['"tennis"', '""', "5", "true", "null"], ['"rugby"']],
  ['[{"anything-but":["rugby","tennis"]}]', ['"baseball"'], ['"rugby"', '"tennis"']],
  ['[{"anything-but":100}]', ["101", '"100"', "null"], ["100", "1e2"]],
  ['[{"anything-but":[100,500]}]', ["101"], ["100", "500.0"]],
  ['[{"anything-but":{"prefix":"bas"}}]', ['"rugby"', '"Base"', "5"], ['"bas"', '"baseball"']],
  ['[{"anything-but":{"prefix":["a","b"]}}]', ['"c"'], ['"a1"', '"b1"']],
  ['[{"anything-but":{"suffix":"ball"}}]', ['"rugby"', "5"], ['"ball"', '"baseball"']],
  ['[{"anything-but":{"suffix":["a","b"]}}]', ['"c"'], ['"1a"', '"1b"']],
  ['[{"anything-but":{"equals-ignore-case":"Rugby"}}]', ['"tennis"', "5"], ['"rugby"', '"RUGBY"']],
  ['[{"anything-but":{"equals-ignore-case":["a","b"]}}]', ['"c"'], ['"A"', '"B"']],
  ['[{"anything-but":{"wildcard":"*ball"}}]', ['"rugby"', "5"], ['"ball"', '"baseball"']],
  ['[{"anything-but":{"wildcard":["*a*","*b*"]}}]', ['"c"'], ['"1a1"', '"1b1"']],
  ['[null,{"anything-but":"x"}]', ["null", '"y"'], ['"x"', "{}"]],
];

test.for(CASES.flatMap(([conditions, met]) => met.map((value) => [conditions, value] as const)))(
  "%s is met by %s",
  ([conditions, value]) => {
    expect(accepts(conditions, value)).toBe(true);
  },
);

test.for(CASES.flatMap(([conditions, , unmet]) => unmet.map((value) => [conditions, value] as const)))(
  "%s is not met by %s",
  ([conditions, value]) => {
    expect(accepts(conditions, value)).toBe(false);
  },
);

test("an array meets a condition when any of its values does", () => {
  expect(accepts('["rugby"]', '["baseball","rugby"]')).toBe(true);
  expect(accepts('["rugby"]', '["baseball"]')).toBe(false);
  // The guide's example: one value outside of the excluded ones is enough.
  expect(accepts('[{"anything-but":["rugby","tennis"]}]', '["rugby","baseball"]')).toBe(true);
  expect(accepts('[{"anything-but":["rugby","tennis"]}]', '["rugby"]')).toBe(false);
});

test("a field that is missing meets nothing but the condition that it does not exist", () => {
  const missing = (conditions: string): boolean => {
    const result = compileFilterPolicy(`{"key":${conditions}}`, "MessageBody");
    return "policy" in result && result.policy.accepts(new MessageView({ body: '{"other":1}' }));
  };
  expect(missing('[{"exists":false}]')).toBe(true);
  expect(missing('["a",{"exists":false}]')).toBe(true);
  expect(missing('[null,{"anything-but":"x"}]')).toBe(false);
  expect(missing('[{"exists":true}]')).toBe(false);
});
