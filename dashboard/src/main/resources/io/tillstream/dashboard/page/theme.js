// Light or dark: the system's preference until the reader chooses, then the choice, kept.
// Colours live in CSS only; what is painted on a canvas asks here what they are at the moment.

const KEY = 'tillstream.theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set();
const resolved = new Map();
let probe = null;

export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : system.matches;
}

/** The colour behind a custom property, as a canvas understands it. */
export function colour(name) {
  if (!resolved.has(name)) {
    if (!probe) {
      probe = document.createElement('span');
      probe.hidden = true;
      document.body.append(probe);
    }
    probe.style.color = `var(${name})`;
    resolved.set(name, getComputedStyle(probe).color);
  }
  return resolved.get(name);
}

export function onTheme(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed() {
  resolved.clear();
  for (const listener of listeners) {
    listener();
  }
}

/** Makes the button switch, and name what it switches to. */
export function themeButton(button) {
  const show = () => {
    button.textContent = isDark() ? '☀' : '☾';
    button.setAttribute('aria-label', isDark() ? 'Use light colours' : 'Use dark colours');
    button.title = button.getAttribute('aria-label');
  };
  button.addEventListener('click', () => {
    const next = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // Then it holds until the page is left.
    }
    show();
    changed();
  });
  system.addEventListener('change', () => {
    show();
    changed();
  });
  show();
}
