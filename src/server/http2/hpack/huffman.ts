/**
 * How many bits the code of each octet has, and of the end of a text, as letters: `A` for 5, `Z` for 30. The codes follow from that,
 * since shorter ones come before longer ones, and those of one length in the order of what they stand for. RFC 7541 appendix B
 */
const LENGTHS =
  "ISXXXXXXXTZXXZXXXXXXXXZXXXXXXXXXBFFHIBDGFFDGDBBBAAABBBBBBBCDKBHFIBCCCCCCCCCCCCCCCCCCCCCCDCDIOIJBKABABABBBACCBBBABCBAABCCCCCKGJIX" +
  "PRPPRRRSRSSSSSTSTTRSTSSSSQRSRSSTRQPRRSSQSRRTQRSSQQRQSRSSPRRRSRRSVVPORSRUVVVWWVTUOQVWWVWTQQVVXWWWPTPQRQQSRRUUTTVSVWVVWWWWWXWWWWWVZ";
const SHORTEST = 5;
const LETTER_OF_SHORTEST = 0x41;

/** A step: what is left of the code where it leads, the octet that ended on the way, and whether one did or none can. */
const OCTET_SHIFT = 16;
const HAS_OCTET = 1 << 24;
const IS_WRONG = 1 << 25;
const STATE = 0xffff;

/** Where the steps from a state begin: there is one for each half of a byte. */
const HALVES = 16;

/** The states in which a text may end: what is left are at most seven ones, the beginning of the code for its end. */
const MOST_PADDING = 7;

interface Decoding {
  readonly steps: Uint32Array;
  readonly mayEnd: Uint8Array;
}

let decoding: Decoding | undefined;
let scratch = Buffer.allocUnsafe(4096);

/** The text that the Huffman code in those bytes stands for, an octet a character, or undefined if it is none. */
export function fromHuffman(bytes: Uint8Array, start: number, end: number): string | undefined {
  decoding ??= makeDecoding();
  const { steps, mayEnd } = decoding;
  const mostOctets = Math.ceil(((end - start) * 8) / SHORTEST);
  if (mostOctets > scratch.length) scratch = Buffer.allocUnsafe(mostOctets * 2);
  let state = 0;
  let length = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    const first = steps[state * HALVES + (byte >>> 4)] ?? IS_WRONG;
    if ((first & HAS_OCTET) !== 0) scratch[length++] = first >>> OCTET_SHIFT;
    const second = steps[(first & STATE) * HALVES + (byte & 15)] ?? IS_WRONG;
    if ((second & HAS_OCTET) !== 0) scratch[length++] = second >>> OCTET_SHIFT;
    if (((first | second) & IS_WRONG) !== 0) return undefined;
    state = second & STATE;
  }
  return mayEnd[state] === 1 ? scratch.toString("latin1", 0, length) : undefined;
}

/** A tree of codes: the place of the node behind each bit, or the complement of what a code stands for. */
function makeTree(): readonly (readonly [number, number])[] {
  const lengths = Array.from(LENGTHS, (letter) => letter.charCodeAt(0) - LETTER_OF_SHORTEST + SHORTEST);
  const nodes: [number, number][] = [[0, 0]];
  const inOrder = [...lengths.keys()].toSorted((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b);
  let code = 0;
  let codeLength = 0;
  for (const symbol of inOrder) {
    const length = lengths[symbol] ?? 0;
    code *= 2 ** (length - codeLength);
    codeLength = length;
    addCode(nodes, symbol, code++, length);
  }
  return nodes;
}

function addCode(nodes: [number, number][], symbol: number, code: number, length: number): void {
  let node = 0;
  for (let bit = length - 1; bit >= 0; bit--) {
    const side = ((code >>> bit) & 1) as 0 | 1;
    const pair = nodes[node] ?? [0, 0];
    if (bit === 0) pair[side] = ~symbol;
    else if (pair[side] === 0) pair[side] = nodes.push([0, 0]) - 1;
    node = pair[side];
  }
}

function makeDecoding(): Decoding {
  const nodes = makeTree();
  const steps = new Uint32Array(nodes.length * HALVES);
  for (const node of nodes.keys()) {
    for (let half = 0; half < HALVES; half++) steps[node * HALVES + half] = stepOf(nodes, node, half);
  }
  const mayEnd = new Uint8Array(nodes.length);
  for (let node = 0, ones = 0; ones <= MOST_PADDING; ones++) {
    mayEnd[node] = 1;
    node = nodes[node]?.[1] ?? 0;
  }
  return { steps, mayEnd };
}

/** Four bits cannot end two codes, the shortest of which has five. */
function stepOf(nodes: readonly (readonly [number, number])[], start: number, half: number): number {
  let node = start;
  let octet = 0;
  for (let bit = 3; bit >= 0; bit--) {
    const next = nodes[node]?.[((half >>> bit) & 1) as 0 | 1] ?? 0;
    if (next >= 0) node = next;
    else if (~next > 0xff)
      return IS_WRONG; // the end of a text is not to be in it
    else {
      octet = HAS_OCTET | (~next << OCTET_SHIFT);
      node = 0;
    }
  }
  return octet | node;
}
