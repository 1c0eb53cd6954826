// One connection a browser, whatever the tabs: the tab that holds the lock listens, and passes on what it hears.

const RETRY_MILLISECONDS = 10_000;
const url = document.querySelector("meta[name=gemeente-live]")?.content;
const listeners = new Set();
const channel = new BroadcastChannel("gemeente-live");
let source = null;
let ended = false;

// Calls `listener` with {kind, number, version, own}; with kind "again" when something may have been missed.
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
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, RETRY_MILLISECONDS);
  };
}

function lead() {
  connect();
  return new Promise(() => {}); // the lock is held until this tab closes
}

channel.onmessage = (event) => tell(event.data);
if (url) {
  if (navigator.locks) {
    navigator.locks.request("gemeente-live", lead);
    // Another tab may listen already: what happened while this page was on its way here is asked once.
    navigator.locks.query().then((locks) => {
      if (locks.held.some((lock) => lock.name === "gemeente-live")) tell({ kind: "again" });
    });
  } else {
    connect();
  }
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted && source) connect();
  });
}
