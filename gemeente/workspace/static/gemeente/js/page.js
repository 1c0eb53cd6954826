// What several parts of a screen need: a fresh copy of a page, a form sent beside the page, a notice with a button.

export async function fresh(path) {
  try {
    const answer = await fetch(path, { headers: { Accept: "text/html" } });
    if (!answer.ok) return { status: answer.status, page: null };
    return { status: 200, page: new DOMParser().parseFromString(await answer.text(), "text/html") };
  } catch {
    return { status: 0, page: null };
  }
}

export function send(path, fields, options = {}) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, ...fields });
  return fetch(path, { method: "POST", body, redirect: "error", ...options });
}

export function notice(place, words, label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "mg-linkbutton nl-link";
  button.textContent = label;
  button.addEventListener("click", () => {
    place.replaceChildren();
    act();
  });
  place.replaceChildren(document.createTextNode(words), button);
}

// Puts new content in an element, unless somebody is at work in it.
export function renew(now, then) {
  if (!now || !then || now.contains(document.activeElement) || isTouched(now)) return false;
  now.replaceChildren(...then.childNodes);
  return true;
}

function isTouched(part) {
  const opened = [...part.querySelectorAll("details[open]")].some((one) => one.querySelector("form"));
  return opened || [...part.querySelectorAll("textarea, input")].some((one) => one.value !== one.defaultValue);
}
