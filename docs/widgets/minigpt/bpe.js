// Byte-pair encoding: text becomes numbers, and numbers become text again. The twin of minigpt/bpe.py;
// CONTRACT.md specifies both. Training stays in Python.

// Blank and letter are spelled out, as in Python: every character beyond ASCII counts as a letter.
export const PATTERN = new RegExp(
  "'(?:[sdmt]|ll|ve|re)| ?[A-Za-z\\u0080-\\u{10ffff}]+| ?[0-9]{1,3}" +
  "| ?[^\\t\\n\\v\\f\\r A-Za-z0-9\\u0080-\\u{10ffff}]+" +
  "|[\\t\\n\\v\\f\\r ]+(?![^\\t\\n\\v\\f\\r ])|[\\t\\n\\v\\f\\r ]+", "gu");

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();

// One piece of text becomes ids: join the pair with the lowest id, leftmost first, until no pair joins.
// The heap holds id · 2³¹ + position, so that a piece of a million bytes costs n log n, not n².
export function merge_all(ids, join) {
  if (ids.length < 2) return ids;
  const next = new Int32Array(ids.length), previous = new Int32Array(ids.length);
  const joined = new Int32Array(ids.length).fill(-1);
  const heap = new Heap(ids.length);
  const consider = (at) => {
    const right = at < 0 ? ids.length : next[at];
    if (at < 0) return;
    joined[at] = right < ids.length ? join(ids[at], ids[right]) : -1;
    if (joined[at] >= 0) heap.push(joined[at] * STRIDE + at);
  };
  for (let i = 0; i < ids.length; i++) { next[i] = i + 1; previous[i] = i - 1; }
  for (let i = 0; i < ids.length; i++) consider(i);
  while (heap.size) {
    const key = heap.pop(), at = key % STRIDE, id = (key - at) / STRIDE;
    if (joined[at] !== id) continue;
    const gone = next[at];
    ids[at] = id;
    joined[gone] = -1;
    next[at] = next[gone];
    if (next[at] < ids.length) previous[next[at]] = at;
    consider(at);
    consider(previous[at]);
  }
  const kept = [];
  for (let i = 0; i < ids.length; i = next[i]) kept.push(ids[i]);
  return kept;
}

const STRIDE = 2 ** 31;

class Heap {
  constructor(room) { this.keys = new Float64Array(2 * room); this.size = 0; }

  push(key) {
    if (this.size === this.keys.length) {
      const wider = new Float64Array(2 * this.size);
      wider.set(this.keys);
      this.keys = wider;
    }
    const keys = this.keys;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (keys[parent] <= key) break;
      keys[at] = keys[parent];
      at = parent;
    }
    keys[at] = key;
  }

  pop() {
    const keys = this.keys, top = keys[0], key = keys[--this.size];
    let at = 0;
    for (let child = 1; child < this.size; child = 2 * at + 1) {
      if (child + 1 < this.size && keys[child + 1] < keys[child]) child++;
      if (keys[child] >= key) break;
      keys[at] = keys[child];
      at = child;
    }
    keys[at] = key;
    return top;
  }
}

export class Tokenizer {
  // merges: [[left, right], …] in rank order; specials: their texts, which take the numbers after the merges.
  constructor(merges, specials = [], pattern = PATTERN) {
    this.merges = merges;
    this.pattern = pattern;
    this.pieces = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
    this.pairs = new Map();
    merges.forEach(([left, right], rank) => {
      this.pairs.set(left * STRIDE + right, 256 + rank);
      this.pieces.push(concatenate([this.pieces[left], this.pieces[right]]));
    });
    this.specials = Object.fromEntries(specials.map((text, i) => [text, this.pieces.length + i]));
    this.pieces.push(...specials.map((text) => encoder.encode(text)));
    this.vocabulary = this.pieces.length;
    this.seen = new Map();
  }

  encode(text, allow_special = false) {
    const ids = [];
    for (const part of allow_special ? split_specials(text, this.specials) : [text]) {
      if (allow_special && Object.hasOwn(this.specials, part)) ids.push(this.specials[part]);
      else for (const piece of split(part, this.pattern)) append(ids, this.encode_seen(piece));
    }
    return ids;
  }

  // Text repeats its pieces: remember the short ones, and forget all before the memory grows large.
  encode_seen(piece) {
    if (piece.length > 64) return this.encode_piece(piece);
    let ids = this.seen.get(piece);
    if (ids) return ids;
    if (this.seen.size > 50_000) this.seen.clear();
    this.seen.set(piece, (ids = this.encode_piece(piece)));
    return ids;
  }

  encode_piece(piece) {
    return merge_all(Array.from(encoder.encode(piece)), (left, right) => this.pairs.get(left * STRIDE + right) ?? -1);
  }

  decode(ids) { return decoder.decode(this.decode_bytes(ids)); }

  decode_bytes(ids) { return concatenate(ids.map((id) => this.pieces[id])); }
}

// A tokenizer given by the rank of every token's bytes, as tiktoken gives them: two tokens join when
// their bytes together are a token. ranks: [Uint8Array, …], rank = index = id.
export class RankTokenizer extends Tokenizer {
  constructor(ranks, pattern) {
    super([], [], pattern);
    this.pieces = ranks;
    this.vocabulary = ranks.length;
    this.keys = ranks.map((bytes) => String.fromCharCode(...bytes));
    this.ranks = new Map(this.keys.map((key, rank) => [key, rank]));
  }

  encode_piece(piece) {
    const bytes = encoder.encode(piece);
    if (bytes.length <= 128) {
      const whole = this.ranks.get(String.fromCharCode(...bytes));
      if (whole !== undefined) return [whole];
    }
    const ids = Array.from(bytes, (byte) => this.ranks.get(String.fromCharCode(byte)));
    return merge_all(ids, (left, right) => this.ranks.get(this.keys[left] + this.keys[right]) ?? -1);
  }
}

export const from_ranks = (ranks, pattern) => new RankTokenizer(ranks, pattern);

// The pieces that pairs never cross; together they are the text.
export function split(text, pattern = PATTERN) {
  return mend(text).match(pattern) ?? [];
}

// A lone surrogate, which UTF-8 cannot write, becomes U+FFFD.
export function mend(text) {
  return text.toWellFormed();
}

function split_specials(text, specials) {
  const names = Object.keys(specials).sort((a, b) => b.length - a.length);
  if (!names.length) return [text];
  const escaped = names.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  return text.split(new RegExp(`(${escaped.join("|")})`, "u")).filter((part) => part !== "");
}

function append(ids, more) {
  for (const id of more) ids.push(id);
}

function concatenate(parts) {
  const bytes = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) { bytes.set(part, at); at += part.length; }
  return bytes;
}
