import styles from "./saliency-overlay.css";

/** What saliency maps add to the styles that all widgets share. */
export const overlayStyles: string = styles;
