/** `count` numbers from 0 to 1 that have no pattern and are the same every time (Weyl's sequence of the golden ratio). */
export function sampleNumbers(count: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: count }, (_, place) => ((place + 1) * 0.6180339887498949) % 1);
}
