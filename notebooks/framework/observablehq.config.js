// Building a page tells nobody; Framework reads this variable after its configuration.
process.env.OBSERVABLE_TELEMETRY_DISABLE = "true";

export default {
  root: "src",
  output: "dist",
  title: "Layerscope",
  pages: [],
  sidebar: false,
  toc: false,
  pager: false,
  footer: "",
  // Framework's own is a typeface from Google's servers.
  globalStylesheets: [],
};
