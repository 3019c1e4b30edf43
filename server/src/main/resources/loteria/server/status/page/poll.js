/**
 * Asks the central how it is, for as long as the page is open: each second, and less often while nobody sees the
 * page. An answer that does not come in time is none.
 */

const ASK_MILLIS = 1_000;
const ASK_UNSEEN_MILLIS = 5_000;
const ANSWER_MILLIS_MAX = 10_000;

/** Calls `heard` with each status, and `lost` each time that there is no central to hear. */
export function poll(path, heard, lost) {
  let timer = 0;

  async function ask() {
    clearTimeout(timer);
    const started = performance.now();
    try {
      const answer = await fetch(path, { signal: AbortSignal.timeout(ANSWER_MILLIS_MAX) });
      if (!answer.ok) {
        throw new Error(`status ${answer.status}`);
      }
      heard(await answer.json());
    } catch {
      lost();
    }
    const pause = document.hidden ? ASK_UNSEEN_MILLIS : ASK_MILLIS;
    clearTimeout(timer);
    timer = setTimeout(ask, Math.max(0, pause - (performance.now() - started)));
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
