// Everything in one file: reads the safetensors files that minigpt/weights.py writes. CONTRACT.md is the description.

import { Tokenizer } from "./bpe.js";
import { SPECIALS } from "./chat.js";
import { shapes } from "./gpt.js";

export const CONTRACT = "1";

// float32 weights from whole numbers and a scale for each row.
export function dequantise(whole, scale) {
  const columns = whole.length / scale.length, weight = new Float32Array(whole.length);
  for (let row = 0, at = 0; row < scale.length; row++) {
    for (const stop = at + columns; at < stop; at++) weight[at] = whole[at] * scale[row];
  }
  return weight;
}

// Dequantised weights, config, tokenizer and metadata of a file's bytes.
export function load(buffer) {
  const { header, body } = open(buffer);
  const { __metadata__: metadata = {}, ...entries } = header;
  const { contract } = metadata, packed = {}, weights = {};
  if (contract !== CONTRACT) throw new Error(`the file follows contract ${contract}, this page ${CONTRACT}`);
  for (const [name, entry] of Object.entries(entries)) packed[name] = tensor(buffer, body, name, entry);
  for (const [name, values] of Object.entries(packed)) {
    if (name.endsWith(".scale")) continue;
    if (values instanceof Int8Array && !packed[`${name}.scale`]) throw altered(`${name}.scale is missing`);
    weights[name] = values instanceof Int8Array ? dequantise(values, packed[`${name}.scale`]) : values;
  }
  const config = JSON.parse(metadata.config);
  check(weights, config);
  return { weights, config, tokenizer: new Tokenizer(JSON.parse(metadata.merges), SPECIALS), metadata };
}

// The header of a safetensors file and where its tensors begin; a file that is cut short is told by its own header.
export function open(buffer) {
  const length = buffer.byteLength >= 8 ? Number(new DataView(buffer).getBigUint64(0, true)) : 0;
  const body = 8 + length;
  if (length < 2 || length > 1e8) throw new Error("this is no weights file: the length of its header does not fit");
  if (body > buffer.byteLength) throw new Error("the weights file is cut short inside its header");
  let header;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(buffer, 8, length)));
  } catch {
    throw new Error("this is no weights file: its header cannot be read");
  }
  const ends = Object.values(header).map((entry) => entry.data_offsets?.[1] ?? 0);
  const whole = body + Math.max(0, ...ends), held = buffer.byteLength;
  if (held < whole) throw new Error(`the weights file is cut short: ${held} of ${whole} bytes`);
  if (held > whole) throw altered(`${held} bytes where it says ${whole}`);
  return { header, body };
}

const altered = (what) => new Error(`the weights file is altered: ${what}`);

function tensor(buffer, body, name, { dtype, shape, data_offsets: [start, stop] }) {
  const read = { I8: Int8Array, F32: Float32Array, F16: Uint16Array }[dtype];
  const count = shape.reduce((a, b) => a * b, 1);
  if (!read || count * read.BYTES_PER_ELEMENT !== stop - start) throw altered(`${name} does not fit`);
  const values = new read(buffer.slice(body + start, body + stop));
  return dtype === "F16" ? Float32Array.from(values, half) : values;
}

// The number that 16 bits mean: sign, five bits of exponent, ten of fraction.
function half(bits) {
  const sign = bits & 0x8000 ? -1 : 1, exponent = (bits >> 10) & 31, fraction = (bits & 1023) / 1024;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent ? sign * 2 ** (exponent - 15) * (1 + fraction) : sign * 2 ** -14 * fraction;
}

// Every tensor that the config asks for is there, in its size.
function check(weights, config) {
  for (const [name, [rows, columns]] of Object.entries(shapes(config))) {
    if (weights[name]?.length !== rows * columns) throw altered(`${name} is missing or of another size`);
  }
}
