// The gradient of ResNet-18 in a page, against PyTorch's.
import { raceGradient } from "./gradient/race-gradient.ts";

await raceGradient("gradient-resnet18", "resnet18");
