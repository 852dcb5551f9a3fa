// Lighthouse on home, every stage page and the whole guide of a served site, mobile, the median of some runs.
// `make bench PARTS=pages` runs it on site/; by hand, after npm install --prefix bench/.npm/pages lighthouse@13 chrome-launcher@1:
//
//   CHROME_PATH=/usr/bin/chromium node bench/lighthouse.mjs http://127.0.0.1:8000/ [runs]
//
// Prints a line of JSON for each page: its address, the medians of the four scores, LCP, blocking time and layout shift,
// and every run.

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("./.npm/pages/", import.meta.url));
const load = async (name) => import(pathToFileURL(require.resolve(name)).href);
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const AUDITS = { lcp_ms: "largest-contentful-paint", blocking_ms: "total-blocking-time", layout_shift: "cumulative-layout-shift" };

const [home, runs = "5"] = process.argv.slice(2);
if (!home?.startsWith("http")) {
  console.error("Name the address of a served site: node bench/lighthouse.mjs http://127.0.0.1:8000/");
  process.exit(1);
}

const { default: lighthouse } = await load("lighthouse");
const chrome = await (await load("chrome-launcher")).launch({ chromeFlags: ["--headless=new", "--no-sandbox"] });
try {
  for (const address of await pages(home)) console.log(JSON.stringify({ address, ...await measure(address, Number(runs)) }));
} finally {
  chrome.kill();
}

/** Home, the stages that its rail names, and the whole guide. */
async function pages(address) {
  const text = await (await fetch(address)).text();
  const rail = /<nav class="rail-stages".*?<\/nav>/s.exec(text)?.[0] ?? "";
  const stages = [...rail.matchAll(/href="([^"]+)"/g)].map((match) => new URL(match[1], address).href);
  return [address, ...stages, new URL("whole/", address).href];
}

async function measure(address, count) {
  const each = [];
  for (let run = 0; run < count; run += 1) {
    const { lhr } = await lighthouse(address, { port: chrome.port, onlyCategories: CATEGORIES, output: "json", logLevel: "error" });
    const scores = CATEGORIES.map((name) => [name, Math.round(100 * lhr.categories[name].score)]);
    const audits = Object.entries(AUDITS).map(([name, id]) => [name, lhr.audits[id].numericValue]);
    each.push(Object.fromEntries([...scores, ...audits]));
  }
  const median = Object.fromEntries(Object.keys(each[0]).map((name) => [name, middle(each.map((one) => one[name]))]));
  return { median, runs: each };
}

function middle(values) {
  const ordered = [...values].sort((one, other) => one - other);
  return ordered[Math.floor(ordered.length / 2)];
}
