import { oncePer } from "../kernel/collection/once-per.ts";
import { present } from "../kernel/present.ts";
import { type ListShape, type MapShape, type Shape, type StructureShape, shapeOf } from "../model/shape.ts";

/** How values of one shape are written. A shape is turned into this once. */
export interface Encoder<Sink> {
  /** About how many bytes to set aside for the value: enough, unless there are texts in it that are out of the ordinary. */
  readonly room: (value: unknown) => number;
  readonly write: Write<Sink>;
}

type Write<Sink> = (value: unknown, sink: Sink) => void;

export type ScalarKind = Exclude<Shape["kind"], "list" | "map" | "structure">;

interface WritableMember<Sink> {
  readonly name: string;
  readonly write: Write<Sink>;
}

/** What the formats with documents write each in its own way. */
export interface Notation<Sink> {
  readonly scalar: (kind: ScalarKind) => Encoder<Sink>;
  readonly list: (writeItem: Write<Sink>) => Write<Sink>;
  readonly map: (writeEntry: Write<Sink>) => Write<Sink>;
  /** Members that are absent are to be left out. */
  readonly structure: (members: readonly WritableMember<Sink>[]) => Write<Sink>;
}

/** What opens a list, map or structure, and closes it. */
const CONTAINER_ROOM = 2;
/** What stands around an item, and around a name that is known beforehand. */
const ITEM_ROOM = 1;
const NAME_ROOM = 4;

/** Of a longer list about so many items are looked at, and the others taken to be like them. */
const SAMPLE = 16;

/** In which order the members of a structure are written: that of the alphabet, or that of the shape. */
type MemberOrder = "sorted" | "declared";

/** Writes documents by shape, the counterpart of DocumentReader. */
export class DocumentWriter<Sink> {
  readonly #notation: Notation<Sink>;
  readonly #order: MemberOrder;
  readonly encoderOf = oncePer((shape: Shape): Encoder<Sink> => this.#makeEncoder(shape));

  constructor(notation: Notation<Sink>, order: MemberOrder) {
    this.#notation = notation;
    this.#order = order;
  }

  #makeEncoder(shape: Shape): Encoder<Sink> {
    switch (shape.kind) {
      case "list":
        return this.#listEncoder(shape);
      case "map":
        return this.#mapEncoder(shape);
      case "structure":
        return this.#structureEncoder(shape);
      default:
        return this.#notation.scalar(shape.kind);
    }
  }

  #listEncoder(shape: ListShape): Encoder<Sink> {
    const item = this.encoderOf(shape.item);
    return {
      room(value) {
        const items = value as readonly unknown[];
        const { length } = items;
        const stride = Math.ceil(length / SAMPLE);
        let room = 0;
        for (let at = 0; at < length; at += stride) room += ITEM_ROOM + item.room(items[at]);
        return CONTAINER_ROOM + room * stride;
      },
      write: this.#notation.list(item.write),
    };
  }

  #mapEncoder(shape: MapShape): Encoder<Sink> {
    const key = this.encoderOf(shape.key);
    const item = this.encoderOf(shape.value);
    return {
      room(value) {
        let room = CONTAINER_ROOM;
        for (const [name, entry] of entriesOf(value)) room += ITEM_ROOM + key.room(name) + item.room(entry);
        return room;
      },
      write: this.#notation.map(item.write),
    };
  }

  #structureEncoder(shape: StructureShape): Encoder<Sink> {
    const names = Object.keys(shape.members);
    if (this.#order === "sorted") names.sort();
    const members = names.map((name) => ({
      name,
      ...this.encoderOf(shapeOf(present(shape.members[name], "a member of the shape"))),
    }));
    return {
      room(value) {
        let sum = CONTAINER_ROOM;
        for (const { name, room } of members) {
          const given = (value as Readonly<Record<string, unknown>>)[name];
          if (given !== undefined) sum += NAME_ROOM + name.length + room(given);
        }
        return sum;
      },
      write: this.#notation.structure(members),
    };
  }
}

/** Keys and values of a map. */
export function entriesOf(value: unknown): readonly [string, unknown][] {
  return Object.entries(value as Readonly<Record<string, unknown>>);
}
