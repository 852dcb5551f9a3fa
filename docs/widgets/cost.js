// How likely a text is to its model: the product of its tokens' chances, and among how many equal choices a token was one.

import { count, share } from "./element.js";

export function cost(p) {
  if (!p.length) return "";
  const nats = p.reduce((sum, one) => sum + Math.log(one), 0), many = `${count(p.length)} ${p.length === 1 ? "token" : "tokens"}`;
  const sum = nats.toFixed(3).replace("-", "−"), mean = Math.exp(-nats / p.length);
  const perplexity = mean < 1000 ? mean.toFixed(2) : count(Math.round(mean));
  const p_of_all = Math.exp(nats), chance = p_of_all < 1e-12 ? "less than one in a trillion" : share(p_of_all);
  return `To the model this text has a chance of ${chance}. On average it was as unsure as among ${perplexity} equally likely `
    + `tokens (the perplexity; log-probability ${sum} nats over ${many}).`;
}
