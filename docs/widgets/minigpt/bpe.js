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
    return merge_all(this.atoms(piece), (left, right) => this.join(left, right));
  }

  // The numbers of a piece's bytes, before any merge.
  atoms(piece) { return Array.from(encoder.encode(piece)); }

  // The number of the token that two neighbors make, or -1.
  join(left, right) { return this.pairs.get(left * STRIDE + right) ?? -1; }

  // A piece before each merge and after the last: [[ids], …], the pair that was learned first in all its places at a time.
  replay(piece) {
    const states = [this.atoms(piece)];
    for (;;) {
      const ids = states.at(-1), made = ids.slice(1).map((id, i) => this.join(ids[i], id)).filter((id) => id >= 0);
      if (!made.length) return states;
      const next = [], first = made.reduce((a, b) => Math.min(a, b));
      for (let i = 0; i < ids.length; i++) {
        const together = i + 1 < ids.length && this.join(ids[i], ids[i + 1]) === first;
        next.push(together ? first : ids[i]);
        if (together) i++;
      }
      states.push(next);
    }
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
    const bytes = encoder.encode(piece), whole = bytes.length <= 128 ? this.ranks.get(String.fromCharCode(...bytes)) : undefined;
    return whole === undefined ? super.encode_piece(piece) : [whole];
  }

  atoms(piece) { return Array.from(encoder.encode(piece), (byte) => this.ranks.get(String.fromCharCode(byte))); }

  join(left, right) { return this.ranks.get(this.keys[left] + this.keys[right]) ?? -1; }
}

export const from_ranks = (ranks, pattern) => new RankTokenizer(ranks, pattern);

// The pieces that pairs never cross; together they are the text.
export function split(text, pattern = PATTERN) {
  return mend(text).match(pattern) ?? [];
}

// A lone surrogate, which UTF-8 cannot write, becomes U+FFFD.
export function mend(text) {
  return decoder.decode(encoder.encode(text));
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
