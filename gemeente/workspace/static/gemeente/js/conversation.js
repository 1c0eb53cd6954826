// The open conversation: what is new comes in by itself, who else is here shows, and what one writes is kept.
import { listen } from "./live.js";
import { fresh, notice, renew, send } from "./page.js";

const HERE_MILLISECONDS = 60_000;
const KEEP_MILLISECONDS = 4_000;

const talk = document.querySelector("#gesprek[data-number]");
if (talk) follow(talk);

function follow(talk) {
  const path = `/werk/vraag/${talk.dataset.number}/`;
  const news = document.querySelector("#nieuw");
  // After a form with something wrong the address is that of the form.
  const place = location.pathname === path ? path + location.search : path;
  let asking = false;
  let again = false;

  async function refresh() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    const { status, page } = await fresh(place);
    asking = false;
    const there = page?.querySelector("#gesprek[data-number]");
    if (there) show(talk, there, page, news);
    else if (status === 403 || status === 404) news.replaceChildren(news.dataset.gone);
    if (again) {
      again = false;
      refresh();
    }
  }

  async function look() {
    const answer = await fetch(`${path}stand.json`).catch(() => null);
    if (answer?.ok && (await answer.json()).version > Number(talk.dataset.version)) refresh();
  }

  async function here() {
    if (document.visibilityState === "hidden") return;
    const answer = await send(`${path}hier/`, {}).catch(() => null);
    if (answer?.ok) put(document.querySelector("#hier"), await answer.text());
  }

  listen((message) => {
    if (message.kind === "again" || message.kind === "look") look();
    else if (message.number !== talk.dataset.number) return;
    else if (message.kind === "company") here();
    else if (message.version > Number(talk.dataset.version)) refresh();
  });
  setInterval(here, HERE_MILLISECONDS);
  addEventListener("pagehide", () => send(`${path}hier/`, { weg: "ja" }, { keepalive: true }).catch(() => {}));
  if (document.querySelector("#antwoord")) keepDraft(path);
}

function put(place, html) {
  const read = new DOMParser().parseFromString(html, "text/html").body;
  if (read.textContent.trim() !== place.textContent.trim()) place.replaceChildren(...read.childNodes);
}

function show(talk, there, page, news) {
  const added = append(talk.querySelector(".wp-thread"), there.querySelector(".wp-thread"));
  const shown = [".wp-conv__head", "#wacht"].map((part) => renew(talk.querySelector(part), there.querySelector(part)));
  renew(document.querySelector("#inwoner"), page.querySelector("#inwoner"));
  put(document.querySelector("#hier"), page.querySelector("#hier").innerHTML);
  talk.dataset.version = there.dataset.version;
  if (!added.length && shown.every(Boolean) && !news.hasChildNodes()) return accept(talk, there);
  const kind = added.some((one) => one.matches(".wp-msg--in")) ? "in" : added.some((one) => one.matches(".wp-msg--out")) ? "out" : "changed";
  notice(news, `${news.dataset[kind]} `, news.dataset.show, () => {
    accept(talk, there);
    const last = added.at(-1) ?? talk.querySelector(".wp-thread > li:last-child");
    last.tabIndex = -1;
    last.focus();
  });
}

// From here on an answer says that its writer saw this. Before that the server refuses it, and shows what is new.
function accept(talk, there) {
  const seen = [talk, there].map((one) => one.querySelector("#antwoord [name=seen]"));
  if (seen.every(Boolean)) seen[0].value = seen[1].value;
}

// Adds what the thread does not hold yet; returns it. What stands there stays as it is, so a selection or an open quote does too.
function append(thread, there) {
  const known = new Set([...thread.children].map(words));
  const added = [...there.children].filter((one) => !known.has(words(one)));
  for (const one of added) one.classList.add("is-new");
  thread.append(...added);
  return added;
}

function words(one) {
  return one.textContent.replace(/\s+/g, " ").trim();
}

function keepDraft(path) {
  const form = document.querySelector("#antwoord");
  const field = form.querySelector("textarea[name=text]");
  const state = document.querySelector("#bewaard");
  let kept = field.value;
  let waiting = null;
  let sent = false;

  async function keep(options = {}) {
    waiting = null;
    const text = field.value;
    if (sent || text === kept) return;
    try {
      const answer = await send(`${path}concept/`, { text }, options);
      if (!answer.ok) throw new Error(answer.status);
      kept = text;
      if (field.value === text) state.textContent = state.dataset.kept;
    } catch {
      if (!sent) state.textContent = state.dataset.lost;
    }
  }

  field.addEventListener("input", () => {
    state.textContent = "";
    waiting ??= setTimeout(keep, KEEP_MILLISECONDS);
  });
  form.addEventListener("submit", () => {
    sent = true;
  });
  addEventListener("pagehide", () => keep({ keepalive: true }));
}
