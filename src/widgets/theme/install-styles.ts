const ATTRIBUTE = "data-layerscope-styles";

/**
 * Put a style sheet into the document or shadow root that `element` lives in, once for each `name`, however many
 * widgets are shown there. A name should carry the version where two versions may share a page.
 */
export function installStyles(element: Element, name: string, text: string): void {
  const found = element.getRootNode();
  const home = found instanceof ShadowRoot ? found : element.ownerDocument.head;
  if (home.querySelector(`style[${ATTRIBUTE}="${CSS.escape(name)}"]`)) return;
  const style = element.ownerDocument.createElement("style");
  style.setAttribute(ATTRIBUTE, name);
  style.textContent = text;
  home.append(style);
}
