const ATTRIBUTE = "data-layerscope-styles";

/**
 * Put a style sheet into the document or shadow root that `element` lives in, once for each `name`, however many
 * widgets are shown there. A name should carry the version where two versions may share a page. An element that is not
 * in a page yet gets them again where it is put, which may be below a shadow root.
 */
export function installStyles(element: Element, name: string, text: string): void {
  putStyles(element, name, text);
  if (element.isConnected) return;
  const arrival = new ResizeObserver(() => {
    if (!element.isConnected) return;
    arrival.disconnect();
    putStyles(element, name, text);
  });
  arrival.observe(element);
}

function putStyles(element: Element, name: string, text: string): void {
  const found = element.getRootNode();
  const home = found instanceof ShadowRoot ? found : element.ownerDocument.head;
  if (home.querySelector(`style[${ATTRIBUTE}="${CSS.escape(name)}"]`)) return;
  const style = element.ownerDocument.createElement("style");
  style.setAttribute(ATTRIBUTE, name);
  style.textContent = text;
  home.append(style);
}
