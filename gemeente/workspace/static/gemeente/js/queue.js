// The queue: counts follow by themselves; lines change when somebody asks, so that nothing jumps away under the mouse.
import { listen } from "./live.js";
import { fresh, notice } from "./page.js";

const AT_MOST_EVERY_MILLISECONDS = 10_000;
const SPREAD_MILLISECONDS = 2_000;

const column = document.querySelector("#werk");
if (column) watch(column);

function watch(column) {
  const news = column.querySelector("#rij-nieuw");
  const path = location.pathname === "/werk/" ? location.pathname + location.search : "/werk/";
  let connected = false;
  let next = null;
  let last = 0;

  function soon() {
    // Not all browsers at once: many have the same team on their screen.
    const wait = Math.max(0, last + AT_MOST_EVERY_MILLISECONDS - Date.now());
    next ??= setTimeout(refresh, wait + Math.random() * SPREAD_MILLISECONDS);
  }

  async function refresh() {
    next = null;
    if (document.visibilityState === "hidden") {
      document.addEventListener("visibilitychange", soon, { once: true });
      return;
    }
    last = Date.now();
    const there = (await fresh(path)).page?.querySelector("#werk");
    if (!there) return;
    for (const link of there.querySelectorAll(".wp-tabs a")) {
      const now = [...column.querySelectorAll(".wp-tabs a")].find((one) => one.getAttribute("href") === link.getAttribute("href"));
      if (now) now.textContent = link.textContent;
    }
    if (lines(there) === lines(column)) news.replaceChildren();
    else notice(news, `${news.dataset.words} `, news.dataset.show, () => replace(there));
  }

  function replace(there) {
    const open = column.querySelector(".wp-item[aria-current]")?.getAttribute("href");
    const head = column.querySelector(".wp-queue__head");
    column.replaceChildren(head, ...[...there.children].filter((one) => !one.matches(".wp-queue__head")));
    if (open) column.querySelector(`.wp-item[href="${open}"]`)?.setAttribute("aria-current", "true");
    column.focus();
  }

  listen((message) => {
    if (message.kind === "question" ? message.own : message.kind === "again" && connected) soon();
    connected ||= message.kind === "again";
  });
}

function lines(column) {
  return [...column.querySelectorAll(".wp-group, .wp-item")].map((one) => one.textContent).join("\n");
}
