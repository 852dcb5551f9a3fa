// The files of assets/: where one lies, and how large it is.

export const asset = (path) => new URL(`../assets/${path}`, import.meta.url).href;

// How large a file is, asked without fetching it; null where the server does not say.
export async function sizeOf(path) {
  try {
    const answer = await fetch(asset(path), { method: "HEAD" });
    return answer.ok ? Number(answer.headers.get("content-length")) || null : null;
  } catch {
    return null;
  }
}
