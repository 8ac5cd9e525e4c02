// The gradient of MobileNetV2 in a page, against PyTorch's.
import { raceGradient } from "./gradient/race-gradient.ts";

await raceGradient("gradient-mobilenetv2", "mobilenetv2");
