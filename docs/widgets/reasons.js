// The filters' own short names of a reason, in plain words. An unknown one stays as it is.

const PLAIN = {
  "near copy": "nearly the same text as a page that was kept",
  "unsure en": "the classifier is not sure that it is English",
  "dup line frac": "too many of its lines stand in it twice",
  "dup line char frac": "too much of its text is in lines that stand in it twice",
  "char dup ratio": "too much of its text is in lines that stand in it twice",
  "gopher short doc": "too few words",
  "gopher enough stop words": "too few of the little words, such as the and of",
  "gopher below avg threshold": "its words are too short on average",
  "gopher too many bullets": "too many lines begin with a bullet",
  "gopher too many end ellipsis": "too many lines end in an ellipsis",
  "too few sentences": "too few sentences",
  "short line ratio": "too many short lines",
  "line punct ratio": "too few lines end as a sentence does",
  "lorem ipsum": "it holds the filler text lorem ipsum",
  "curly bracket": "it holds a curly bracket, as code does",
  domain: "its address is on the blocklist",
  "no text": "no text was left",
};

export function plainly(reason) {
  const again = /^(duplicated|top) (\d+) (?:n )?grams?$/.exec(reason), language = /^[a-z]{2,3}$/.test(reason) && languageOf(reason);
  if (again) return again[1] === "top" ? `one run of ${again[2]} words fills too much of it` : `runs of ${again[2]} words come again too often`;
  if (language) return `the classifier takes it for ${language}`;
  return Object.hasOwn(PLAIN, reason) ? PLAIN[reason] : reason;
}

function languageOf(code) {
  try {
    const name = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" }).of(code);
    return name === code ? undefined : name;
  } catch {
    return undefined;
  }
}
