import { compileEventPattern } from "../../pattern/event-pattern.ts";
import { readJson } from "../../pattern/json/json-reader.ts";
import type { JsonTree } from "../../pattern/json/json-tree.ts";
import type { Alternative } from "../../pattern/matching/alternative.ts";
import { isAnything } from "../../pattern/matching/leaf.ts";
import { fieldsOf } from "../../pattern/matching/message-view.ts";

/** The member of a record that holds what was sent. */
type DataMember = "body" | "data";

/** A record as filters see it. */
interface FilteredRecord {
  /** All of it as a JSON object. The member that holds the data may be missing. */
  readonly text: string;
  /** What was sent. */
  readonly data: string;
}

/** A way for a record to be accepted, and what its data has to be for it. */
interface Criterion {
  readonly alternative: Alternative;
  /** Whether it looks at the data as a text, or into it. */
  readonly wantsText: boolean;
  readonly wantsJson: boolean;
}

/** Which records of a source a function wants: those that one of the patterns accepts. */
export class FilterCriteria {
  readonly #member: DataMember;
  readonly #criteria: readonly Criterion[];

  private constructor(member: DataMember, criteria: readonly Criterion[]) {
    this.#member = member;
    this.#criteria = criteria;
  }

  /** The patterns made ready; undefined when one of them is none, or looks at the data of a stream as a text. */
  static compile(patterns: readonly string[], member: DataMember): FilterCriteria | undefined {
    const criteria: Criterion[] = [];
    for (const text of patterns) {
      const compiled = compileEventPattern(text);
      if ("fault" in compiled) return undefined;
      for (const alternative of compiled.pattern.alternatives) {
        const wantsText = alternative.rules.some(({ path }) => path === member);
        if (wantsText && member === "data") return undefined;
        const wantsJson = alternative.rules.some(({ path }) => path.startsWith(`${member}.`));
        criteria.push({ alternative, wantsText, wantsJson });
      }
    }
    return new FilterCriteria(member, criteria);
  }

  /** Whether there is nothing a record has to be. */
  get acceptsEverything(): boolean {
    return this.#criteria.length === 0;
  }

  /**
   * Whether the function wants the record. AWS: data that is JSON is looked into and is no text, and data that is not is
   * nothing but text; event filtering, Lambda developer guide.
   */
  accepts({ text, data }: FilteredRecord): boolean {
    if (this.acceptsEverything) return true;
    const json = readJson(data);
    const isJson = "tree" in json;
    const fields = fieldsOf(membersOf(text).set(this.#member, isJson ? json.tree : data), isAnything);
    return this.#criteria.some(({ alternative, wantsText, wantsJson }) => {
      return !(isJson ? wantsText : wantsJson) && alternative.accepts(fields);
    });
  }
}

function membersOf(text: string): Map<string, JsonTree> {
  const json = readJson(text);
  return new Map("tree" in json && json.tree instanceof Map ? json.tree : []);
}
