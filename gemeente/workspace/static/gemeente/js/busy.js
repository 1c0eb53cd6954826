// A form that takes over a second says so, and pressing twice sends once.

const SAID_AFTER_MILLISECONDS = 1_000;
const place = document.querySelector("#bezig");
let sending = null;
let timer = null;

function rest() {
  clearTimeout(timer);
  sending?.removeAttribute("aria-busy");
  sending = null;
  place.textContent = "";
}

addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method === "dialog") return;
  if (sending === event.target) {
    event.preventDefault();
    return;
  }
  rest();
  sending = event.target;
  timer = setTimeout(() => {
    sending.setAttribute("aria-busy", "true");
    place.textContent = place.dataset.words;
  }, SAID_AFTER_MILLISECONDS);
});
addEventListener("pageshow", rest);
