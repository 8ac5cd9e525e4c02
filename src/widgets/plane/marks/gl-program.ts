/** A linked WebGL program; throws with the compiler's words when the driver refuses it. */
export class GlProgram {
  readonly #program: WebGLProgram;
  readonly #uniforms = new Map<string, WebGLUniformLocation | null>();

  constructor(
    private readonly gl: WebGL2RenderingContext,
    vertex: string,
    fragment: string,
    attributes: readonly string[] = [],
  ) {
    this.#program = gl.createProgram();
    for (const [kind, source] of [
      [gl.VERTEX_SHADER, vertex],
      [gl.FRAGMENT_SHADER, fragment],
    ] as const) {
      const shader = gl.createShader(kind);
      if (!shader) throw new Error("WebGL gave no shader: the context is lost.");
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(this.#program, shader);
      gl.deleteShader(shader);
    }
    for (const [place, name] of attributes.entries()) gl.bindAttribLocation(this.#program, place, name);
    gl.linkProgram(this.#program);
    if (!gl.getProgramParameter(this.#program, gl.LINK_STATUS))
      throw new Error(`WebGL refused a shader: ${gl.getProgramInfoLog(this.#program)}`);
  }

  use(): void {
    this.gl.useProgram(this.#program);
  }

  /** Where a uniform lives; null, which WebGL ignores, for one that the compiler removed. */
  at(name: string): WebGLUniformLocation | null {
    let found = this.#uniforms.get(name);
    if (found === undefined) {
      found = this.gl.getUniformLocation(this.#program, name);
      this.#uniforms.set(name, found);
    }
    return found;
  }
}
