// cl100k_base in JavaScript on long texts. Reads {vocabulary, texts: {name: text}, tries} as JSON, the packed vocabulary in
// base64; prints the CPU seconds of the best try for each and for each twice as long, as JSON.

import { readFileSync } from "node:fs";
import { unpack } from "../docs/widgets/cl100k.js";

const { vocabulary, texts, tries } = JSON.parse(readFileSync(0, "utf-8"));
const packed = Uint8Array.from(Buffer.from(vocabulary, "base64")).buffer;

function processor() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function best(text, tokenizer) {
  let least = Infinity, tokens = 0;
  for (let i = 0; i < tries; i++) {
    tokenizer.seen.clear(); // the pieces that it remembers
    const before = processor();
    tokens = tokenizer.encode(text).length;
    least = Math.min(least, processor() - before);
  }
  return { seconds: least, tokens };
}

const begun = processor(), tokenizer = unpack(packed), told = { node: process.version, unpacked: processor() - begun, texts: {} };
for (const [name, text] of Object.entries(texts)) {
  told.texts[name] = [text, text + text].map((one) => ({ characters: one.length, ...best(one, tokenizer) }));
}
console.log(JSON.stringify(told));
