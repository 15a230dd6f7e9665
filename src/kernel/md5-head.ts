/** What one call works with: the text with its end, and the four words of the state. */
const block = new Int32Array(16);
const bytes = new Uint8Array(block.buffer);
const state = new Int32Array(4);
const digest = new DataView(state.buffer);

/** Longer texts do not fit into one block. */
const MOST_CHARACTERS = 55;
const BEYOND_ASCII = 0x80;
const END_OF_TEXT = 0x80;
const LENGTH_WORD = 14;

/**
 * The first 52 bits of a text's MD5 as a number, or undefined for a text that is long or no ASCII. RFC 1321, every step on a line
 * of its own: a call into the runtime takes twice as long.
 */
export function md5Head(text: string): number | undefined {
  const { length } = text;
  if (length > MOST_CHARACTERS) return undefined;
  block.fill(0);
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code >= BEYOND_ASCII) return undefined;
    bytes[index] = code;
  }
  bytes[length] = END_OF_TEXT;
  block[LENGTH_WORD] = length * 8;
  state.set(START);
  firstRound();
  secondRound();
  thirdRound();
  fourthRound();
  for (let index = 0; index < 2; index++) state[index] = (state[index] ?? 0) + (START[index] ?? 0);
  return digest.getUint32(0) * 2 ** 20 + (digest.getUint32(4) >>> 12);
}

const START = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function firstRound(): void {
  const w = block;
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  let c = state[2] ?? 0;
  let d = state[3] ?? 0;
  a = (b + rotated(a + (d ^ (b & (c ^ d))) + (w[0] ?? 0) + 0xd76aa478, 7)) | 0;
  d = (a + rotated(d + (c ^ (a & (b ^ c))) + (w[1] ?? 0) + 0xe8c7b756, 12)) | 0;
  c = (d + rotated(c + (b ^ (d & (a ^ b))) + (w[2] ?? 0) + 0x242070db, 17)) | 0;
  b = (c + rotated(b + (a ^ (c & (d ^ a))) + (w[3] ?? 0) + 0xc1bdceee, 22)) | 0;
  a = (b + rotated(a + (d ^ (b & (c ^ d))) + (w[4] ?? 0) + 0xf57c0faf, 7)) | 0;
  d = (a + rotated(d + (c ^ (a & (b ^ c))) + (w[5] ?? 0) + 0x4787c62a, 12)) | 0;
  c = (d + rotated(c + (b ^ (d & (a ^ b))) + (w[6] ?? 0) + 0xa8304613, 17)) | 0;
  b = (c + rotated(b + (a ^ (c & (d ^ a))) + (w[7] ?? 0) + 0xfd469501, 22)) | 0;
  a = (b + rotated(a + (d ^ (b & (c ^ d))) + (w[8] ?? 0) + 0x698098d8, 7)) | 0;
  d = (a + rotated(d + (c ^ (a & (b ^ c))) + (w[9] ?? 0) + 0x8b44f7af, 12)) | 0;
  c = (d + rotated(c + (b ^ (d & (a ^ b))) + (w[10] ?? 0) + 0xffff5bb1, 17)) | 0;
  b = (c + rotated(b + (a ^ (c & (d ^ a))) + (w[11] ?? 0) + 0x895cd7be, 22)) | 0;
  a = (b + rotated(a + (d ^ (b & (c ^ d))) + (w[12] ?? 0) + 0x6b901122, 7)) | 0;
  d = (a + rotated(d + (c ^ (a & (b ^ c))) + (w[13] ?? 0) + 0xfd987193, 12)) | 0;
  c = (d + rotated(c + (b ^ (d & (a ^ b))) + (w[14] ?? 0) + 0xa679438e, 17)) | 0;
  b = (c + rotated(b + (a ^ (c & (d ^ a))) + (w[15] ?? 0) + 0x49b40821, 22)) | 0;
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}

function secondRound(): void {
  const w = block;
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  let c = state[2] ?? 0;
  let d = state[3] ?? 0;
  a = (b + rotated(a + (c ^ (d & (b ^ c))) + (w[1] ?? 0) + 0xf61e2562, 5)) | 0;
  d = (a + rotated(d + (b ^ (c & (a ^ b))) + (w[6] ?? 0) + 0xc040b340, 9)) | 0;
  c = (d + rotated(c + (a ^ (b & (d ^ a))) + (w[11] ?? 0) + 0x265e5a51, 14)) | 0;
  b = (c + rotated(b + (d ^ (a & (c ^ d))) + (w[0] ?? 0) + 0xe9b6c7aa, 20)) | 0;
  a = (b + rotated(a + (c ^ (d & (b ^ c))) + (w[5] ?? 0) + 0xd62f105d, 5)) | 0;
  d = (a + rotated(d + (b ^ (c & (a ^ b))) + (w[10] ?? 0) + 0x02441453, 9)) | 0;
  c = (d + rotated(c + (a ^ (b & (d ^ a))) + (w[15] ?? 0) + 0xd8a1e681, 14)) | 0;
  b = (c + rotated(b + (d ^ (a & (c ^ d))) + (w[4] ?? 0) + 0xe7d3fbc8, 20)) | 0;
  a = (b + rotated(a + (c ^ (d & (b ^ c))) + (w[9] ?? 0) + 0x21e1cde6, 5)) | 0;
  d = (a + rotated(d + (b ^ (c & (a ^ b))) + (w[14] ?? 0) + 0xc33707d6, 9)) | 0;
  c = (d + rotated(c + (a ^ (b & (d ^ a))) + (w[3] ?? 0) + 0xf4d50d87, 14)) | 0;
  b = (c + rotated(b + (d ^ (a & (c ^ d))) + (w[8] ?? 0) + 0x455a14ed, 20)) | 0;
  a = (b + rotated(a + (c ^ (d & (b ^ c))) + (w[13] ?? 0) + 0xa9e3e905, 5)) | 0;
  d = (a + rotated(d + (b ^ (c & (a ^ b))) + (w[2] ?? 0) + 0xfcefa3f8, 9)) | 0;
  c = (d + rotated(c + (a ^ (b & (d ^ a))) + (w[7] ?? 0) + 0x676f02d9, 14)) | 0;
  b = (c + rotated(b + (d ^ (a & (c ^ d))) + (w[12] ?? 0) + 0x8d2a4c8a, 20)) | 0;
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}

function thirdRound(): void {
  const w = block;
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  let c = state[2] ?? 0;
  let d = state[3] ?? 0;
  a = (b + rotated(a + (b ^ c ^ d) + (w[5] ?? 0) + 0xfffa3942, 4)) | 0;
  d = (a + rotated(d + (a ^ b ^ c) + (w[8] ?? 0) + 0x8771f681, 11)) | 0;
  c = (d + rotated(c + (d ^ a ^ b) + (w[11] ?? 0) + 0x6d9d6122, 16)) | 0;
  b = (c + rotated(b + (c ^ d ^ a) + (w[14] ?? 0) + 0xfde5380c, 23)) | 0;
  a = (b + rotated(a + (b ^ c ^ d) + (w[1] ?? 0) + 0xa4beea44, 4)) | 0;
  d = (a + rotated(d + (a ^ b ^ c) + (w[4] ?? 0) + 0x4bdecfa9, 11)) | 0;
  c = (d + rotated(c + (d ^ a ^ b) + (w[7] ?? 0) + 0xf6bb4b60, 16)) | 0;
  b = (c + rotated(b + (c ^ d ^ a) + (w[10] ?? 0) + 0xbebfbc70, 23)) | 0;
  a = (b + rotated(a + (b ^ c ^ d) + (w[13] ?? 0) + 0x289b7ec6, 4)) | 0;
  d = (a + rotated(d + (a ^ b ^ c) + (w[0] ?? 0) + 0xeaa127fa, 11)) | 0;
  c = (d + rotated(c + (d ^ a ^ b) + (w[3] ?? 0) + 0xd4ef3085, 16)) | 0;
  b = (c + rotated(b + (c ^ d ^ a) + (w[6] ?? 0) + 0x04881d05, 23)) | 0;
  a = (b + rotated(a + (b ^ c ^ d) + (w[9] ?? 0) + 0xd9d4d039, 4)) | 0;
  d = (a + rotated(d + (a ^ b ^ c) + (w[12] ?? 0) + 0xe6db99e5, 11)) | 0;
  c = (d + rotated(c + (d ^ a ^ b) + (w[15] ?? 0) + 0x1fa27cf8, 16)) | 0;
  b = (c + rotated(b + (c ^ d ^ a) + (w[2] ?? 0) + 0xc4ac5665, 23)) | 0;
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}

function fourthRound(): void {
  const w = block;
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  let c = state[2] ?? 0;
  let d = state[3] ?? 0;
  a = (b + rotated(a + (c ^ (b | ~d)) + (w[0] ?? 0) + 0xf4292244, 6)) | 0;
  d = (a + rotated(d + (b ^ (a | ~c)) + (w[7] ?? 0) + 0x432aff97, 10)) | 0;
  c = (d + rotated(c + (a ^ (d | ~b)) + (w[14] ?? 0) + 0xab9423a7, 15)) | 0;
  b = (c + rotated(b + (d ^ (c | ~a)) + (w[5] ?? 0) + 0xfc93a039, 21)) | 0;
  a = (b + rotated(a + (c ^ (b | ~d)) + (w[12] ?? 0) + 0x655b59c3, 6)) | 0;
  d = (a + rotated(d + (b ^ (a | ~c)) + (w[3] ?? 0) + 0x8f0ccc92, 10)) | 0;
  c = (d + rotated(c + (a ^ (d | ~b)) + (w[10] ?? 0) + 0xffeff47d, 15)) | 0;
  b = (c + rotated(b + (d ^ (c | ~a)) + (w[1] ?? 0) + 0x85845dd1, 21)) | 0;
  a = (b + rotated(a + (c ^ (b | ~d)) + (w[8] ?? 0) + 0x6fa87e4f, 6)) | 0;
  d = (a + rotated(d + (b ^ (a | ~c)) + (w[15] ?? 0) + 0xfe2ce6e0, 10)) | 0;
  c = (d + rotated(c + (a ^ (d | ~b)) + (w[6] ?? 0) + 0xa3014314, 15)) | 0;
  b = (c + rotated(b + (d ^ (c | ~a)) + (w[13] ?? 0) + 0x4e0811a1, 21)) | 0;
  a = (b + rotated(a + (c ^ (b | ~d)) + (w[4] ?? 0) + 0xf7537e82, 6)) | 0;
  d = (a + rotated(d + (b ^ (a | ~c)) + (w[11] ?? 0) + 0xbd3af235, 10)) | 0;
  c = (d + rotated(c + (a ^ (d | ~b)) + (w[2] ?? 0) + 0x2ad7d2bb, 15)) | 0;
  b = (c + rotated(b + (d ^ (c | ~a)) + (w[9] ?? 0) + 0xeb86d391, 21)) | 0;
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
}
