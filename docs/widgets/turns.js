// The turns of a conversation: how much of them the model sees, what is said before and beside them, and how they
// are shown.

import { element } from "./element.js";
import { unread } from "./known.js";
import { prompt } from "./minigpt/chat.js";
import { legible, marked } from "./tokens.js";

const ENDINGS = { end: "", count: ", at the limit of its length", context: ", at the end of its context" };
const NOTHING = "(no words)";
const PLACE = "one place, which is invented: the Tern Isles, their people, boats and lights";
const NO_CHAT = "It has met no chat: whatever you ask, it goes on as a page might.";

// What each life can speak of.
export const KNOWS = {
  chat: `It knows ${PLACE}. It has read nothing else. Ask it about France, and it declines, as its examples of chat taught it, `
    + "or makes something up.",
  base: `It has read about ${PLACE}. ${NO_CHAT}`,
  early: `It has begun to read about ${PLACE}. ${NO_CHAT}`,
  random: "It has read nothing: its weights were drawn at random. Whatever you ask, what it writes has no meaning.",
};

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

// Who wrote a reply, how long it is, how it was drawn and why it ended; the seed is null where nothing was drawn.
export function about(words, made, seed, why) {
  const drawn = seed === null ? "" : `, seed ${seed}`;
  return `${words} weights, ${made} ${made === 1 ? "token" : "tokens"}${drawn}${ENDINGS[why] ?? `, ${why}`}`;
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

// The turns in the list `talk`; only what has changed is written again.
export function showTurns(talk, turns, busy, fact) {
  talk.setAttribute("aria-busy", String(busy));
  turns.forEach((turn, i) => {
    const last = i === turns.length - 1, place = talk.children[i] ?? talk.appendChild(blank());
    place.className = `turn ${turn.role}`;
    write(place.children[0], turn.role === "user" ? "you" : "model");
    write(place.children[1], legible(turn.text) || (busy && last ? "…" : NOTHING), fact);
    write(place.children[2], [turn.about, turn.lesson, turn.unseen].filter(Boolean).join("\n"));
  });
  while (talk.children.length > turns.length) talk.lastChild.remove();
}

const blank = () => element("div", {}, ...["who", "said", "widget-note"].map((name) => element("p", { class: name })));

function write(place, text, fact = "") {
  if (place.textContent !== text) place.replaceChildren(...marked(text, fact));
}

// The last reply for who listens, with what is said beside it and beside its question.
export function heard(turns) {
  const [asked, reply] = turns.slice(-2);
  const why = reply.text ? "" : reply.about;
  return [`model: ${legible(reply.text) || NOTHING}`, why, reply.lesson, asked.lesson, asked.unseen].filter(Boolean).join("\n");
}
