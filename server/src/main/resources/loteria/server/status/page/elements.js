/** The few things that the page does to its document, where nothing has changed, at no cost. */

export const element = (id) => document.getElementById(id);

export function say(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

export function show(target, shown) {
  if (target.hidden === shown) {
    target.hidden = !shown;
  }
}

/** Sets attributes; null takes one away. */
export function mark(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) {
      target.removeAttribute(name);
    } else if (target.getAttribute(name) !== `${value}`) {
      target.setAttribute(name, value);
    }
  }
}

/** A new element with a class and children. */
export function make(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className !== "") {
    made.className = className;
  }
  made.append(...children);
  return made;
}
