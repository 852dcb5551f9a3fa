// Names of what is switched off: "1.3" is head 3 of layer 1 to a reader and "0.2" here; a layer alone is "1" and "0".

export const told = (name) => name.split(".").map((part) => Number(part) + 1).join(".");

export const spoken = (name) => `${name.includes(".") ? "head" : "layer"} ${told(name)}`;

// The names used here of what an address calls off; what does not exist is left out.
export function named(words, layers, heads) {
  return words.split(" ").map((name) => {
    const found = /^([1-9]\d?)(?:\.([1-9]\d?))?$/.exec(name), [, layer, head] = found ?? [];
    if (!found || layer > layers || (head && head > heads)) return null;
    return head ? `${layer - 1}.${head - 1}` : String(layer - 1);
  }).filter(Boolean);
}
