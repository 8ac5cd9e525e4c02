import { describe, expect, test } from "vitest";
import { splitName } from "../../../src/widgets/chrome/layer-name.ts";

describe("a layer's name that is cut in its middle", () => {
  test("keeps its last part whole, and its start as long as there is room", () => {
    expect(splitName("block_10_expanded_conv_project_BN")).toEqual(["block_10_expanded_conv", "_project_BN"]);
    expect(splitName("/features/features.17/conv/conv.2/Conv")).toEqual(["/features/features.17/conv", "/conv.2/Conv"]);
    expect(splitName("globalaveragepoolinglayer")).toEqual(["globalaveragepool", "inglayer"]);
    expect(splitName("dense_1")).toEqual(["dense_1", ""]);
  });
});
