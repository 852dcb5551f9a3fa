// The desk of a training in WebAssembly: what a step lays out is in the kernel's memory, and kernel.wat multiplies it.

import { Desk } from "./matrix.js";

const PAGE = 65_536; // bytes by which WebAssembly counts memory

export class QuickDesk extends Desk {
  // `room`: numbers that the weights and one step take, the `made` of a plain desk.
  constructor(module, room) {
    super();
    this.memory = new WebAssembly.Memory({ initial: Math.ceil((4 * room) / PAGE) });
    this.run = new WebAssembly.Instance(module, { page: { memory: this.memory } }).exports;
    this.end = this.begin = 0;
  }

  hold(weights) {
    const held = super.hold(weights);
    this.begin = this.end;
    return held;
  }

  clear() { this.end = this.begin; }

  // The next numbers of the memory, from a multiple of sixteen bytes on.
  floats(length, values) {
    const here = new Float32Array(this.memory.buffer, this.end, length);
    this.end += Math.ceil(length / 4) * 16;
    if (values) here.set(values);
    return here;
  }

  gather(a, b, out) {
    if (out.rows < 4 || out.columns < 8) return super.gather(a, b, out);
    this.run.gather(a.data.byteOffset, a.row, a.step, b.data.byteOffset, b.row, b.rows,
      out.data.byteOffset, out.row, out.rows, out.columns);
  }

  exps(data, start, end, top) {
    const fours = (end - start) & ~3;
    const sum = fours && this.run.exps(data.byteOffset + 4 * start, 4 * fours, top);
    return sum + super.exps(data, start + fours, end, top);
  }
}
