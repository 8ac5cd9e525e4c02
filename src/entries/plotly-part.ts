// Loaded only when a map is first shown in three dimensions: the 3-D bundle of plotly.js.
import Plotly from "plotly.js-gl3d-dist-min";

export default Plotly;
