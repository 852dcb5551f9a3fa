// What training is made of: matrices, their product, and a desk on which a step lays out what it makes.

// Numbers seen as rows and columns: two neighbors in a row lie `step` apart, two in a column `row` apart.
export class Matrix {
  constructor(data, rows, columns, row = columns, step = 1) {
    Object.assign(this, { data, rows, columns, row, step });
  }

  // The same numbers with rows and columns exchanged.
  get turned() { return new Matrix(this.data, this.columns, this.rows, this.step, this.row); }

  // The same numbers, fewer of them.
  part(row, rows, column, columns) {
    return new Matrix(this.data.subarray(row * this.row + column * this.step), rows, columns, this.row, this.step);
  }
}

// The desk in plain JavaScript; desk.js has a quicker one. `made` counts the numbers that were asked for.
export class Desk {
  made = 0;

  // The weights, where the desk wants them.
  hold(weights) {
    return Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, this.floats(w.length, w)]));
  }

  // A step begins: what lies here is not needed any more.
  clear() {}

  floats(length, values = new Float32Array(length)) {
    this.made += length + 3; // a multiple of four, at most
    return values;
  }

  // Room for a matrix; what was there before may still be there.
  matrix(rows, columns) { return new Matrix(this.floats(rows * columns), rows, columns); }

  // out = a b
  product(a, b, out = this.matrix(a.rows, b.columns)) {
    this.gather(a, b.step === 1 ? b : this.copy(b), out);
    return out;
  }

  // The same matrix with every row in one piece.
  copy({ data, rows, columns, row, step }) {
    const made = this.matrix(rows, columns);
    for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++) made.data[at++] = data[i * row + j * step];
    return made;
  }

  // Each row of `out` is the sum of all rows of `b`, each times its share in the row of `a`. Four at a time; what is zero,
  // and much is, costs nothing.
  gather(a, b, out) {
    const shares = a.data, { data, row } = b, last = b.rows - 1, { columns } = out;
    for (let m = 0; m < a.rows; m++) {
      const sums = out.data.subarray(m * out.row, m * out.row + columns).fill(0);
      for (let k = 0; k <= last; k += 4) {
        const share = (i) => (k + i <= last ? shares[m * a.row + (k + i) * a.step] : 0), at = (i) => Math.min(k + i, last) * row;
        const p = share(0), q = share(1), r = share(2), s = share(3);
        if (p === 0 && q === 0 && r === 0 && s === 0) continue;
        const e = at(0), f = at(1), g = at(2), h = at(3);
        for (let n = 0; n < columns; n++) sums[n] += p * data[e + n] + q * data[f + n] + r * data[g + n] + s * data[h + n];
      }
    }
  }

  // Some scores become exp(score - top), in place; returns their sum.
  exps(data, start, end, top) {
    let sum = 0;
    for (let i = start; i < end; i++) sum += data[i] = Math.exp(data[i] - top);
    return sum;
  }
}
