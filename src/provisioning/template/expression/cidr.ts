const MAX_BLOCKS = 256;
const ADDRESS_BITS = 32;

/**
 * So many blocks of an IPv4 block, each with so many bits for its addresses; undefined when there is no room for them, or
 * what is given is no block.
 */
export function cidrBlocks(block: string, count: number, bits: number): readonly string[] | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(block);
  if (match === null) return undefined;
  const [, ...parts] = match.map(Number);
  const mask = parts.pop() ?? 0;
  if (mask > ADDRESS_BITS || parts.some((part) => part > 255)) return undefined;
  if (!(Number.isInteger(bits) && bits >= 0 && bits <= ADDRESS_BITS - mask)) return undefined;
  const room = 2 ** (ADDRESS_BITS - mask - bits);
  if (!(Number.isInteger(count) && count >= 1 && count <= Math.min(MAX_BLOCKS, room))) return undefined;
  const base = parts.reduce((sum, part) => sum * 256 + part, 0);
  const size = 2 ** bits;
  const first = base - (base % 2 ** (ADDRESS_BITS - mask));
  return Array.from({ length: count }, (_, index) => `${dotted(first + index * size)}/${ADDRESS_BITS - bits}`);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
