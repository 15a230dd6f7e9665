import { ConnectionError, ErrorCode } from "../frame/frame.ts";
import { DynamicTable } from "./dynamic-table.ts";
import { Field } from "./field.ts";
import { fromHuffman } from "./huffman.ts";
import { staticTable } from "./static-table.ts";

/** Who takes the fields of a block, in their order. */
export interface FieldSink {
  add(field: Field): void;
}

/** Numbers are at most lengths of texts in a block: five bytes of seven bits say more than that. RFC 7541 §5.1 */
const MOST_SHIFT = 28;

/** Reads the blocks of header fields of one connection, which build on one another. RFC 7541 */
export class HeaderDecoder {
  readonly #table: DynamicTable;
  #block: Buffer = Buffer.alloc(0);
  #at = 0;
  /** The block as a text, once a field of it is wanted that is spelled out and that no later one refers to. */
  #text: string | undefined;

  /** `tableBytes` is the size of the table of fields that the client has been told it may use. */
  constructor(tableBytes = 4096) {
    this.#table = new DynamicTable(tableBytes);
  }

  /** Hands over the fields of a block. Throws a ConnectionError when it is none: nothing that follows could be read. */
  decode(block: Buffer, sink: FieldSink): void {
    this.#block = block;
    this.#at = 0;
    this.#text = undefined;
    this.#resize();
    while (this.#at < block.length) sink.add(this.#field());
  }

  /** Changes of the table's size come before the first field. RFC 7541 §4.2 */
  #resize(): void {
    while (((this.#block[this.#at] ?? 0) & 0xe0) === 0x20) {
      if (!this.#table.resize(this.#number(0x1f))) throw wrong("a table larger than allowed");
    }
  }

  #field(): Field {
    const first = this.#block[this.#at] ?? 0;
    if ((first & 0x80) !== 0) return this.#known(this.#number(0x7f));
    if ((first & 0x40) === 0) {
      if ((first & 0x20) !== 0) throw wrong("a change of the table's size between fields");
      return this.#literal(0x0f, false);
    }
    const field = this.#literal(0x3f, true);
    this.#table.add(field);
    return field;
  }

  /** A field of one of the tables. RFC 7541 §2.3.3 */
  #known(index: number): Field {
    const field = index < staticTable.length ? staticTable[index] : this.#table.at(index - staticTable.length);
    if (field === undefined) throw wrong("a field that is in no table");
    return field;
  }

  #literal(prefix: number, isKept: boolean): Field {
    const index = this.#number(prefix);
    const name = index === 0 ? this.#string(false) : this.#known(index).name;
    return new Field(name, this.#string(isKept));
  }

  /** RFC 7541 §5.2. What is kept is a text of its own; else it may be a part of the whole block's. */
  #string(isKept: boolean): string {
    const isHuffman = ((this.#block[this.#at] ?? 0) & 0x80) !== 0;
    const length = this.#number(0x7f);
    const start = this.#at;
    const end = start + length;
    if (end > this.#block.length) throw wrong("a text longer than its block");
    this.#at = end;
    if (isHuffman) {
      const text = fromHuffman(this.#block, start, end);
      if (text === undefined) throw wrong("a text whose Huffman code is none");
      return text;
    }
    if (isKept) return this.#block.toString("latin1", start, end);
    this.#text ??= this.#block.toString("latin1");
    return this.#text.slice(start, end);
  }

  /** A number that begins in the low bits of a byte. RFC 7541 §5.1 */
  #number(prefix: number): number {
    let value = (this.#block[this.#at++] ?? 0) & prefix;
    if (value < prefix) return value;
    for (let shift = 0; shift <= MOST_SHIFT; shift += 7) {
      const byte = this.#block[this.#at++];
      if (byte === undefined) throw wrong("a number that does not end");
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw wrong("a number that is too large");
  }
}

function wrong(what: string): ConnectionError {
  return new ConnectionError(ErrorCode.COMPRESSION_ERROR, `a block of headers has ${what}`);
}
