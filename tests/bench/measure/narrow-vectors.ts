/** PyTorch with what WebAssembly has: vectors of 128 bits, and no multiplication and addition in one. */
export const AS_NARROW = { ATEN_CPU_CAPABILITY: "default", ONEDNN_MAX_CPU_ISA: "SSE41" };
