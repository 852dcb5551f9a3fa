// The expensive operations in WebAssembly, four numbers at a time. kernel.wat says how; the twins in plain JavaScript,
// product and attend in gpt.js, stand in wherever a browser has no SIMD or a policy forbids compiled code.

import { rooms, shapes } from "./gpt.js";

const PAGE = 65_536; // bytes by which WebAssembly counts memory
const PLACES = 4; // models that may read at once; memory that nobody writes to costs nothing
const up = (count, step) => Math.ceil(count / step) * step;

// The compiled kernel, or null where it cannot be had.
export async function compile() {
  try {
    const answer = await fetch(new URL("./kernel.wasm", import.meta.url));
    return await WebAssembly.compile(await answer.arrayBuffer());
  } catch {
    return null;
  }
}

// Whether a model's rows come in the steps that the kernel takes.
export const fits = ({ width, heads }) => width % 8 === 0 && (width / heads) % 4 === 0;

// One file's weights in a memory of their own, with places for models that read by them.
export class Kernel {
  constructor(module, weights, config) {
    const matrices = Object.entries(shapes(config)), room = Object.entries(rooms(config));
    const held = matrices.reduce((sum, [, [rows, columns]]) => sum + up(rows, 4) * columns, 0);
    const one = room.reduce((sum, [, length]) => sum + up(length, 4), 0);
    this.memory = new WebAssembly.Memory({ initial: up(4 * (held + PLACES * one), PAGE) / PAGE });
    this.run = new WebAssembly.Instance(module, { page: { memory: this.memory } }).exports;
    this.end = 0;
    this.weights = {};
    for (const [name, [rows, columns]] of matrices) { // rows that are short of four are zero
      this.weights[name] = this.floats(up(rows, 4) * columns).subarray(0, rows * columns);
      this.weights[name].set(weights[name]);
    }
    const rows = () => Object.fromEntries(room.map(([name, length]) => [name, this.floats(length)]));
    this.free = Array.from({ length: PLACES }, rows);
  }

  // The next numbers of the memory, from a multiple of sixteen bytes on.
  floats(length) {
    const start = this.end;
    this.end += up(4 * length, 16);
    return new Float32Array(this.memory.buffer, start, length);
  }

  // A place for a model, to be left when it has read; undefined while all are taken.
  place() {
    const rows = this.free.pop();
    return rows && { rows, product: this.product, attend: this.attend, leave: () => this.free.push(rows) };
  }

  product = (weight, x, y) => {
    this.run.product(weight.byteOffset, x.byteOffset, y.byteOffset, up(y.length, 4), x.length);
    return y;
  };

  attend = (q, keys, values, width, from, p, o) => {
    const [k, v] = [keys, values].map((rows) => rows.byteOffset + 4 * from);
    this.run.attend(q.byteOffset, k, v, 4 * width, q.length, p.byteOffset, p.length, o.byteOffset);
  };
}
