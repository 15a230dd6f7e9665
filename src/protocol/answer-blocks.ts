import { BlockPool } from "../kernel/block-pool.ts";

/** Where long answers are put together. Whoever has sent one gives its memory back. */
export const answerBlocks = new BlockPool();
