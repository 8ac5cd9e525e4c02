// What the loader imports once a page: every widget, for as many models as there are.
import { afm } from "../widgets/host/afm.ts";
import { modelDecoders } from "../widgets/models/decode-model.ts";
import { widgets } from "./widgets.ts";

export const { render } = afm(widgets, modelDecoders);
