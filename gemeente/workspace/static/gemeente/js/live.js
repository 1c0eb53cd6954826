// One connection a browser, whatever the tabs: the tab that holds the lock listens, and passes on what it hears.

const RETRY_MILLISECONDS = 10_000;
const url = document.querySelector("meta[name=gemeente-live]")?.content;
const listeners = new Set();
const channel = new BroadcastChannel("gemeente-live");
let source = null;
let ended = false;
let leaving = null;
let release = null;

// Calls `listener` with {kind, number, version, own}; with kind "look" or "again" when something may have been missed: before
// this page listened, or since.
export function listen(listener) {
  listeners.add(listener);
}

function tell(message) {
  for (const listener of listeners) listener(message);
}

function say(message) {
  channel.postMessage(message);
  tell(message);
}

function connect() {
  if (ended) return;
  source = new EventSource(url, { withCredentials: true });
  source.onopen = () => say({ kind: "again" });
  source.onmessage = (event) => {
    const message = JSON.parse(event.data);
    if (message.kind === "end") {
      ended = true;
      source.close();
    } else {
      say(message);
    }
  };
  source.onerror = () => {
    // By itself it only comes back after a broken line, not after an answer that is no stream.
    if (source?.readyState === EventSource.CLOSED) setTimeout(() => source && connect(), RETRY_MILLISECONDS);
  };
}

// Holds the lock until this tab leaves; a page that is kept for the back button must not hold it either.
function join() {
  if (!navigator.locks) {
    connect();
    return;
  }
  leaving = new AbortController();
  const lead = () => {
    connect();
    return new Promise((resolve) => {
      release = resolve;
    });
  };
  navigator.locks.request("gemeente-live", { signal: leaving.signal }, lead).catch(() => {});
}

function leave() {
  source?.close();
  source = null;
  leaving?.abort();
  release?.();
}

channel.onmessage = (event) => tell(event.data);
if (url) {
  join();
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => {
    if (event.persisted) join();
  });
  // Another tab may listen already: what happened while this page was on its way here is asked once.
  addEventListener("load", () => tell({ kind: "look" }));
}
