// Changes come ten times a second, from several sides; the screen is drawn at most once a frame,
// and only those parts that have something new. A hidden page draws nothing until it is seen.

const painters = [];
const dirty = new Set();
const afterwards = [];
let asked = false;

/** Has the function called in a frame after any of the parts changed. */
export function paints(parts, paint) {
  painters.push({parts, paint});
}

/** Has the function called at the end of the coming frame. */
export function afterPaint(action) {
  afterwards.push(action);
  ask();
}

export function changed(parts) {
  for (const part of parts) {
    dirty.add(part);
  }
  ask();
}

function ask() {
  if (!asked) {
    asked = true;
    requestAnimationFrame(frame);
  }
}

function frame() {
  asked = false;
  const parts = new Set(dirty);
  dirty.clear();
  for (const painter of painters) {
    if (painter.parts.some((part) => parts.has(part))) {
      try {
        painter.paint();
      } catch (error) {
        // One part that cannot be drawn must not take the others with it.
        console.error(error);
      }
    }
  }
  for (const action of afterwards.splice(0)) {
    action();
  }
}
