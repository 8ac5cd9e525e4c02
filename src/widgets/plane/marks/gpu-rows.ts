import { interleavedOrder } from "./interleaved-order.ts";
import type { Scene } from "./scene.ts";

/** One plot's rows on the GPU: places, colours and the order to draw them in, sent again only when they change. */
export class GpuRows {
  readonly #array: WebGLVertexArrayObject;
  readonly #places: WebGLBuffer;
  readonly #styles: WebGLBuffer;
  readonly #order: WebGLBuffer;
  readonly palette: WebGLTexture;
  #count = -1;
  #sent: Partial<Scene> = {};

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.#array = gl.createVertexArray();
    this.#places = gl.createBuffer();
    this.#styles = gl.createBuffer();
    this.#order = gl.createBuffer();
    this.palette = gl.createTexture();
    gl.bindVertexArray(this.#array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#places);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#styles);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribPointer(1, 2, gl.UNSIGNED_BYTE, false, 0, 0);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.#order);
  }

  get count(): number {
    return this.#count;
  }

  /** Bind the rows for drawing after sending what is new in the scene. */
  bind(scene: Scene): void {
    const { gl } = this;
    const { positions, codes, mask, palette } = scene;
    gl.bindVertexArray(this.#array);
    const count = positions.length >> 1;
    if (count !== this.#count) {
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, interleavedOrder(count), gl.STATIC_DRAW);
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#places);
      gl.bufferData(gl.ARRAY_BUFFER, positions, gl.DYNAMIC_DRAW);
    } else if (positions !== this.#sent.positions) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#places);
      gl.bufferSubData(gl.ARRAY_BUFFER, 0, positions);
    }
    if (count !== this.#count || codes !== this.#sent.codes || mask !== this.#sent.mask) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#styles);
      gl.bufferData(gl.ARRAY_BUFFER, stylesOf(scene, count), gl.DYNAMIC_DRAW);
    }
    gl.bindTexture(gl.TEXTURE_2D, this.palette);
    if (palette !== this.#sent.palette) {
      gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB8, palette.length / 3, 1, 0, gl.RGB, gl.UNSIGNED_BYTE, palette);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    }
    this.#count = count;
    this.#sent = { positions, codes, mask, palette };
  }

  free(): void {
    const { gl } = this;
    for (const buffer of [this.#places, this.#styles, this.#order]) gl.deleteBuffer(buffer);
    gl.deleteVertexArray(this.#array);
    gl.deleteTexture(this.palette);
  }
}

/** Two bytes a row: its code, and 1 where it is drawn in colour. */
function stylesOf({ codes, mask }: Scene, count: number): Uint8Array<ArrayBuffer> {
  const styles = new Uint8Array(2 * count);
  for (let row = 0; row < count; row++) {
    styles[2 * row] = codes === null ? 0 : (codes[row] as number);
    styles[2 * row + 1] = mask === null ? 1 : ((mask[row >> 3] as number) >> (row & 7)) & 1;
  }
  return styles;
}
