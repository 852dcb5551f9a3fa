// cl100k_base in the browser: the pattern tiktoken uses, and the packed vocabulary that the tokenize stage exports.

import { from_ranks } from "./minigpt/bpe.js";

// tiktoken's pattern with White_Space for \s, and with the letters that fold to s, d, m, t, l, v, r, e written out.
export const PATTERN = new RegExp(
  "'(?:[sdmtSDMT\u017f]|[lL][lL]|[vV][eE]|[rR][eE])" +
  "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\p{White_Space}\\p{L}\\p{N}]+[\\r\\n]*" +
  "|\\p{White_Space}+$|\\p{White_Space}*[\\r\\n]|\\p{White_Space}+(?!\\P{White_Space})|\\p{White_Space}", "gu");

// bytes: uint32 count n, n lengths, then the tokens' bytes in rank order.
export function unpack(buffer) {
  const count = buffer.byteLength >= 4 ? new DataView(buffer).getUint32(0, true) : 0;
  const lengths = new Uint8Array(buffer, 4, Math.min(count, Math.max(0, buffer.byteLength - 4)));
  const total = lengths.reduce((sum, length) => sum + length, 4 + count);
  if (!count || total !== buffer.byteLength) throw new Error("the packed vocabulary is cut short or altered");
  let at = 4 + count;
  const ranks = Array.from(lengths, (length) => new Uint8Array(buffer, (at += length) - length, length));
  return from_ranks(ranks, PATTERN);
}
