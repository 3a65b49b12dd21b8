// Not a module, so that it runs before the first paint: a reader who chose dark never sees a flash
// of light.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('tillstream.theme');
  } catch {
    // No storage: the system's preference holds.
  }
  if (chosen === 'light' || chosen === 'dark') {
    document.documentElement.dataset.theme = chosen;
  }
})();
