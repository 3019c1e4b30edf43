/**
 * Asks the central how it is, for as long as the page is open: each second, and less often while nobody sees the
 * page. An answer that does not come in time is none. Only the last question counts.
 */

const ASK_MILLIS = 1_000;
const ASK_UNSEEN_MILLIS = 5_000;
const ANSWER_MILLIS_MAX = 10_000;

/** Calls `heard` with each status, and `lost` each time that there is no central to hear. */
export function poll(path, heard, lost) {
  let timer = 0;
  let asking = new AbortController();

  async function ask() {
    clearTimeout(timer);
    asking.abort();
    const own = new AbortController();
    asking = own;
    const started = performance.now();
    const limit = setTimeout(() => own.abort(), ANSWER_MILLIS_MAX);
    try {
      const answer = await fetch(path, { signal: own.signal });
      if (!answer.ok) {
        throw new Error(`status ${answer.status}`);
      }
      const status = await answer.json();
      if (own === asking) {
        heard(status);
      }
    } catch {
      if (own === asking) {
        lost();
      }
    }
    clearTimeout(limit);
    if (own === asking) {
      const pause = document.hidden ? ASK_UNSEEN_MILLIS : ASK_MILLIS;
      timer = setTimeout(ask, Math.max(0, pause - (performance.now() - started)));
    }
  }

  ask();
  // Whoever comes back to the page sees how it is now.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      clearTimeout(timer);
      timer = setTimeout(ask, 0);
    }
  });
}
