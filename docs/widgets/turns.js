// The turns of a conversation: how much of them the model sees, and what is said beside them.

import { unread } from "./known.js";
import { prompt } from "./minigpt/chat.js";

// What a question teaches whose words are on no page: lesson("Is France far?", …) begins with “France”.
export function lesson(text, list, life) {
  const strange = unread(text, list);
  if (life === "random") return "These weights have read no page at all.";
  if (!strange.length) return "";
  const named = strange.slice(0, 3).map((word) => `“${word}”`).join(" and ");
  const where = `${named} ${strange.length > 1 ? "are" : "is"} on none of the pages it was trained on. `;
  const taught = "It can decline, where its examples of chat taught it to, or make something up; it cannot know.";
  return where + (life === "chat" ? taught : "Pages are all it can go by: what it says of this, it makes up.");
}

// What the model does not see of a turn: it is dropped whole, or begins after the `cut` tokens that do not fit. Of its
// `places`, `room` are kept for the reply.
export function unseen(dropped, cut, places, room) {
  const full = `of the ${places} places for tokens, ${room} are kept for the reply, and the rest are full`;
  if (dropped) return `The model no longer sees this: ${full}`;
  return cut > 0 ? `The model does not see the first ${cut} tokens of this question: ${full}` : "";
}

// The tokens of a conversation, cut to `most`: the oldest turns go first, whole; then the beginning of the question.
export function fit(tokenizer, turns, most) {
  const told = turns.map(({ role, text }) => [role, text]);
  let ids = prompt(tokenizer, told), dropped = 0;
  while (dropped < told.length - 1 && (ids.length > most || told[dropped][0] !== "user")) {
    ids = prompt(tokenizer, told.slice(++dropped));
  }
  const cut = Math.max(0, ids.length - most);
  ids.splice(2, cut);
  return { ids, dropped, cut };
}
