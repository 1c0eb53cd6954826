// Keyboard shortcuts, listed on "?". They can be switched off, for speech input types letters (WCAG 2.1.4).

const KEPT = "sneltoetsen-uit";
const PLACES = {
  n: "form[action='/werk/volgende/'] button",
  a: "#antwoord textarea[name=text]",
  d: "#gesprek a[href$='/doorgeven/']",
  f: "#gesprek a[href$='/afronden/']",
  b: "#beloften > details > summary",
  t: "[data-key=t]",
  m: "[data-key=m]",
  "/": "#zoek",
};
const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const dialog = document.querySelector("#toetsen");
let went = false;

function isOn() {
  return localStorage.getItem(KEPT) === null;
}

function go(place) {
  if (!place?.checkVisibility()) return false;
  if (place.matches("summary")) {
    place.parentElement.open = true;
    place.parentElement.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  } else if (place.matches(TYPING)) {
    place.focus();
  } else {
    place.click();
  }
  return true;
}

function step(by) {
  const items = [...document.querySelectorAll(".wp-item")];
  const at = items.findIndex((one) => one === document.activeElement);
  const from = at >= 0 ? at : items.findIndex((one) => one.hasAttribute("aria-current"));
  const to = items[Math.min(Math.max(from + by, 0), items.length - 1)];
  to?.focus();
  return Boolean(to);
}

function does(key) {
  if (went && key === "q") {
    location.assign("/werk/");
    return true;
  }
  if (key === "?") {
    dialog.showModal();
    return true;
  }
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  return key in PLACES && go(document.querySelector(PLACES[key]));
}

addEventListener("keydown", (event) => {
  const busy = event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat;
  if (busy || !isOn() || dialog.open || event.target.closest?.(TYPING)) return;
  if (does(event.key)) event.preventDefault();
  went = event.key === "g";
});

document.querySelector(".wp-help").addEventListener("click", (event) => {
  event.preventDefault();
  dialog.showModal();
});

for (const choice of document.querySelectorAll("[data-keys-choice]")) {
  const box = choice.querySelector("[data-keys-on]");
  choice.hidden = false;
  box.checked = isOn();
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(KEPT);
    else localStorage.setItem(KEPT, "ja");
  });
}
