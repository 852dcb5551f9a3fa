// Conversations as tokens: four special tokens say who speaks. The twin of minigpt/chat.py, without the training rows.

export const SPECIALS = ["<|document|>", "<|user|>", "<|assistant|>", "<|end|>"];

// Numbers of a conversation and a mask: 1 where the assistant speaks or ends. Text is never read for special tokens.
export function encode_turns(tokenizer, turns) {
  const ids = [tokenizer.specials["<|document|>"]], mask = [0];
  for (const [role, text] of turns) {
    if (role !== "user" && role !== "assistant") throw new Error(`unknown role ${role}: use user or assistant`);
    const said = [...tokenizer.encode(text), tokenizer.specials["<|end|>"]];
    ids.push(tokenizer.specials[`<|${role}|>`], ...said);
    mask.push(0, ...said.map(() => Number(role === "assistant")));
  }
  return [ids, mask];
}

// Numbers up to the point where it is the assistant's turn.
export function prompt(tokenizer, turns) {
  return [...encode_turns(tokenizer, turns)[0], tokenizer.specials["<|assistant|>"]];
}

// Turns of a conversation's numbers; the last one may be unfinished.
export function decode_turns(tokenizer, ids) {
  const end = tokenizer.specials["<|end|>"], turns = [];
  const speaker = new Map(["user", "assistant"].map((role) => [tokenizer.specials[`<|${role}|>`], role]));
  let role = null, said = [];
  for (const id of [...ids, end]) {
    if (speaker.has(id)) [role, said] = [speaker.get(id), []];
    else if (id !== end) said.push(id);
    else {
      if (role) turns.push([role, tokenizer.decode(said)]);
      role = null;
    }
  }
  return turns;
}
