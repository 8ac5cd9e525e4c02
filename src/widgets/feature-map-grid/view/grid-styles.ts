import styles from "./feature-map-grid.css";

/** What feature maps add to the styles that all widgets share. */
export const gridStyles: string = styles;
