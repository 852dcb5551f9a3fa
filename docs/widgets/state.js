// A widget's state in an address: #w=<widget>&key=value. Written by its copy-link button alone, read once on load;
// whatever an address holds is clamped to what the widget can be, and the reader is told.

const LONGEST_HASH = 16_000;

export const kinds = {
  text: (most) => ({
    read(value) {
      return [value.slice(0, most), value.length > most && `a text of ${value.length} characters was cut to ${most}`];
    },
  }),
  number: (from, to, step = 0) => ({
    read(value, name) {
      const asked = value.trim() === "" ? NaN : Number(value);
      if (Number.isNaN(asked)) return [undefined, `${name} was no number`];
      let held = Math.min(Math.max(asked, from), to);
      if (step) held = Number((from + Math.round((held - from) / step) * step).toFixed(6));
      return [held, held !== asked && Math.abs(held - asked) > step && `${name} was set to ${held}`];
    },
  }),
  // Words, each of `names` once, in any order: "a b c".
  order: (names) => ({
    read(value, name) {
      const found = value.split(" ");
      const whole = found.length === names.length && names.every((one) => found.includes(one));
      return whole ? [found] : [undefined, `${name} was no order of ${names.join(", ")}`];
    },
  }),
  choice: (names) => ({
    read: (value, name) => (names.includes(value) ? [value] : [undefined, `there is no such ${name}`]),
  }),
};

// Values of the fields that this address gives for this widget, and a sentence about what had to be changed.
export function readState(widget, fields, hash = location.hash) {
  const values = {}, words = [];
  if (!hash.startsWith(`#w=${widget}`)) return { values, word: "" };
  if (hash.length > LONGEST_HASH) return { values, word: "The link is too long to be one of ours; it was left aside." };
  const given = new URLSearchParams(hash.slice(1));
  if (given.get("w") !== widget) return { values, word: "" };
  for (const [name, field] of Object.entries(fields)) {
    if (!given.has(name)) continue;
    const [value, word] = field.read(given.get(name), name.replace("_", "-"));
    if (value !== undefined) values[name] = value;
    if (word) words.push(word);
  }
  return { values, word: words.length ? `From the link: ${words.join("; ")}.` : "" };
}

// The address of a state, or null where it would be longer than an address may be.
export function address(widget, values) {
  const hash = `#${new URLSearchParams({ w: widget, ...values })}`;
  return hash.length > LONGEST_HASH ? null : hash;
}
