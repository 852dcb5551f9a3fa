// Merges learned from a text, as minigpt/bpe.py learns them: the pair met most often becomes a token, again and again.

import { split } from "./minigpt/bpe.js";

const WIDE = 65_536; // more than there are tokens
const encoder = new TextEncoder();

// At most `many` merges [[left, right], …]; the lower pair wins a tie, and a pair met once is none.
export function learn_merges(text, many) {
  const words = countWords(text), counts = new Map(), homes = new Map(), merges = [];
  words.forEach(({ ids, times }, word) => eachPair(ids, (pair) => note(counts, homes, pair, word, times)));
  while (merges.length < many) {
    const best = mostFrequent(counts);
    if (best === null) break;
    const id = 256 + merges.length;
    merges.push([Math.floor(best / WIDE), best % WIDE]);
    for (const word of homes.get(best)) {
      const { ids, times } = words[word], met = (pair) => note(counts, homes, pair, word, times);
      words[word].ids = joined(ids, best, id, (pair) => counts.set(pair, counts.get(pair) - times), met);
    }
    counts.delete(best);
    homes.delete(best);
  }
  return merges;
}

function countWords(text) {
  const times = new Map();
  for (const piece of split(text)) times.set(piece, (times.get(piece) ?? 0) + 1);
  return Array.from(times, ([piece, times]) => ({ ids: Array.from(encoder.encode(piece)), times }));
}

function eachPair(ids, tell) {
  for (let i = 1; i < ids.length; i++) tell(ids[i - 1] * WIDE + ids[i]);
}

function note(counts, homes, pair, word, times) {
  counts.set(pair, (counts.get(pair) ?? 0) + times);
  if (!homes.has(pair)) homes.set(pair, new Set());
  homes.get(pair).add(word);
}

function mostFrequent(counts) {
  let best = null, most = 1;
  for (const [pair, count] of counts) {
    if (count < most || count < 2 || (count === most && (best === null || pair > best))) continue;
    [best, most] = [pair, count];
  }
  return best;
}

// The pair replaced by its number wherever it stands, from the left. Only the pairs around these places are told, as lost
// or as met: a script without spaces makes one word of a line, and few of its pairs change with a merge.
function joined(ids, pair, id, lost, met) {
  const made = [];
  for (let i = 0, near = false; i < ids.length; i++) { // near: what stands before was just joined
    const together = i + 1 < ids.length && ids[i] * WIDE + ids[i + 1] === pair;
    if (i && (together || near)) {
      lost(ids[i - 1] * WIDE + ids[i]);
      met(made.at(-1) * WIDE + (together ? id : ids[i]));
    }
    made.push(together ? id : ids[i]);
    if (together) lost(ids[i] * WIDE + ids[++i]);
    near = together;
  }
  return made;
}
