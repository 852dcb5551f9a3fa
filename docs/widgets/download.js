// A file fetched with progress, and its bytes compared with the digest that was promised.

const SHELF = new URL("../assets/", import.meta.url).href;

// The digest that the site promises for a file, or null where it promises none; asked anew each time, for a stored
// answer may be older than the file.
export async function promised(url, signal) {
  try {
    const answer = await fetch(`${SHELF}digests.json`, { signal, cache: "no-cache" });
    return (await answer.json())[url.slice(SHELF.length)] ?? null;
  } catch {
    return null;
  }
}

// The bytes of a file, told as they arrive.
export async function download(url, fresh, signal, tell) {
  let answer;
  try {
    answer = await fetch(url, { signal, cache: fresh ? "reload" : "default" });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Error("the weights could not be fetched: no answer from the server");
  }
  if (!answer.ok) throw new Error(`the weights file is not there (the server says ${answer.status})`);
  const coded = answer.headers.get("content-encoding");
  const total = coded ? 0 : Number(answer.headers.get("content-length")) || 0;
  const parts = [], reader = answer.body.getReader();
  let size = 0, told = 0;
  for (;;) {
    let chunk;
    try {
      chunk = await reader.read();
    } catch (error) {
      if (signal.aborted) throw error;
      throw new Error(`the connection broke after ${size} bytes`);
    }
    if (chunk.done) break;
    parts.push(chunk.value);
    size += chunk.value.length;
    if (performance.now() - told > 50) {
      told = performance.now();
      tell({ size, total });
    }
  }
  tell({ size, total: total || size });
  return new Blob(parts).arrayBuffer();
}

// Whether the bytes are those that were promised: true, or null where nothing was promised or a browser cannot tell.
export async function verify(buffer, sha256) {
  if (!sha256 || !globalThis.crypto?.subtle) return null;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== sha256.toLowerCase()) throw new Error("the weights file is altered: its sha256 is not the one promised");
  return true;
}
