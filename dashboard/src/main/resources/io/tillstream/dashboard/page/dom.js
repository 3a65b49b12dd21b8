// The only place that makes elements. Text becomes text nodes, never markup: whatever stands in a
// product's title is shown as it is written. Nodes are kept and changed, not made anew.

const SVG = 'http://www.w3.org/2000/svg';
const kept = new WeakMap();

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    set(node, name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Sets an attribute, or removes it for null and false; touches nothing that is so already. */
export function set(node, name, value) {
  if (value === null || value === undefined || value === false) {
    if (node.hasAttribute(name)) {
      node.removeAttribute(name);
    }
    return;
  }
  const text = value === true ? '' : String(value);
  if (node.getAttribute(name) !== text) {
    node.setAttribute(name, text);
  }
}

export function text(node, value) {
  if (node.textContent !== value) {
    node.textContent = value;
  }
}

export function show(node, visible) {
  if (node.hidden === visible) {
    node.hidden = !visible;
  }
}

/**
 * Makes the parent's children those of the items, in their order: nodes of items that stay are
 * kept, so focus, selection and scroll position stay too.
 */
export function keyed(parent, items, keyOf, create, update) {
  let nodes = kept.get(parent);
  if (!nodes) {
    nodes = new Map();
    kept.set(parent, nodes);
  }
  const gone = new Set(nodes.keys());
  let next = parent.firstChild;
  for (const item of items) {
    const key = keyOf(item);
    let node = nodes.get(key);
    if (!node) {
      node = create(item);
      nodes.set(key, node);
    }
    gone.delete(key);
    update(node, item);
    if (node === next) {
      next = node.nextSibling;
    } else {
      parent.insertBefore(node, next);
    }
  }
  for (const key of gone) {
    nodes.get(key).remove();
    nodes.delete(key);
  }
}
