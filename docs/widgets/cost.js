// What a text costs its model: the sum of log p of its tokens, and among how many equal choices a token was one.

import { count } from "./element.js";

export function cost(p) {
  if (!p.length) return "";
  const nats = p.reduce((sum, one) => sum + Math.log(one), 0), many = `${count(p.length)} ${p.length === 1 ? "token" : "tokens"}`;
  const sum = nats.toFixed(3).replace("-", "−"), mean = Math.exp(-nats / p.length);
  const perplexity = mean < 1000 ? mean.toFixed(2) : count(Math.round(mean));
  return `How likely is this text to the model? Log-probability ${sum} nats over ${many}, perplexity ${perplexity}: `
    + "as unsure, on average, as among so many equally likely tokens.";
}
