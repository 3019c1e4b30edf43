/**
 * The central's word on itself, for as long as the page is open. A browser gives an event stream up in
 * some cases and not in others, and sees no connection that is only silent: so each stream that
 * fails, or is silent for too long, is closed here, and the next one opened.
 */

const SILENCE_MILLIS_MAX = 15_000;
const RETRY_MILLIS = 1_000;

/** Calls `heard` with each status, and `lost` each time that there is no central to hear. */
export function listen(path, heard, lost) {
  let source = null;
  let timer = 0;

  function open() {
    source = new EventSource(path);
    source.addEventListener("status", (event) => {
      wait();
      heard(JSON.parse(event.data));
    });
    source.addEventListener("error", giveUp);
    wait();
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(giveUp, SILENCE_MILLIS_MAX);
  }

  function giveUp() {
    source.close();
    clearTimeout(timer);
    timer = setTimeout(open, RETRY_MILLIS);
    lost();
  }

  open();
  // A page that comes back from the browser's history has lost its stream without a word.
  addEventListener("pageshow", (event) => {
    if (event.persisted) {
      giveUp();
    }
  });
}
