// Ties as WebGL draws them: so many pixels wide, whole or dashed, whatever the distance. Sigma draws
// each edge as an instance of its own, which costs a processor that draws by itself more than the
// line does; so all ties are one drawing here, and of what is filled in once.

import type { RenderParams } from 'sigma/types'
import type { Colour } from '../colours'
import type { Middle } from './calm'

const VERTEX = /* glsl */ `
attribute vec4 a_ends;
attribute vec4 a_color;
attribute vec4 a_style;
uniform mat3 u_matrix;
uniform vec3 u_frame;
uniform vec2 u_screen;
uniform float u_thin;
varying vec4 v_color;
varying vec4 v_at;

void main() {
  vec4 ends = 0.5 + (a_ends - u_frame.xyxy) / u_frame.z;
  vec2 from = (u_matrix * vec3(ends.xy, 1.0)).xy * u_screen;
  vec2 to = (u_matrix * vec3(ends.zw, 1.0)).xy * u_screen;
  vec2 way = to - from;
  float far = length(way);
  vec2 along = far > 0.0 ? way / far : vec2(0.0);
  float half_wide = max(a_style.x / 16.0 * u_thin, 0.8) * 0.5;
  float aside = (a_style.w - 1.0) * (half_wide + 0.6);
  gl_Position = vec4((mix(from, to, a_style.z) + vec2(-along.y, along.x) * aside) / u_screen, 0.0, 1.0);
  v_at = vec4(far * a_style.z, aside, half_wide, a_style.y);
  v_color = a_color;
}`

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec4 v_at;

void main() {
  if (v_at.w > 0.0 && fract(v_at.x / (v_at.w * 2.0)) > 0.55) discard;
  float alpha = v_color.a * clamp(v_at.z + 0.6 - abs(v_at.y), 0.0, 1.0);
  gl_FragColor = vec4(v_color.rgb * alpha, alpha);
}`

const STRIP = [[0, 2], [0, 0], [1, 2], [1, 2], [0, 0], [1, 0]] as const // which end, and on which side
const LINE = [[0, 1], [1, 1]] as const
const WORDS = 6 // of a vertex: two ends of two, a colour, a style
type Gl = WebGLRenderingContext | WebGL2RenderingContext

interface Spot { x: number; y: number }

/** How one tie is drawn. `line`: a pixel wide at any distance, which is quicker drawn. */
export interface Stroke { wide: number; dash: number; colour: Colour; line: boolean }

/** Vertices of one kind: strips of two triangles, or lines. */
class Vertices {
  count = 0
  private floats: Float32Array
  private bytes: Uint8Array
  private fresh = true
  private readonly buffer: WebGLBuffer | null

  constructor(private readonly gl: Gl, private readonly ends: readonly (readonly [number, number])[], most: number) {
    this.floats = new Float32Array(most * ends.length * WORDS)
    this.bytes = new Uint8Array(this.floats.buffer)
    this.buffer = gl.createBuffer()
  }

  begin(): void { this.count = 0; this.fresh = true }

  add(from: Spot, to: Spot, { wide, dash, colour }: Stroke): void {
    let at = this.count++ * this.ends.length * WORDS
    for (const [end, side] of this.ends) {
      this.floats[at] = from.x
      this.floats[at + 1] = from.y
      this.floats[at + 2] = to.x
      this.floats[at + 3] = to.y
      const byte = (at + 4) * 4
      for (let part = 0; part < 4; part += 1) this.bytes[byte + part] = colour[part] as number
      this.bytes[byte + 4] = Math.min(255, wide * 16)
      this.bytes[byte + 5] = dash
      this.bytes[byte + 6] = end
      this.bytes[byte + 7] = side
      at += WORDS
    }
  }

  draw(program: WebGLProgram, how: number): void {
    const { gl, count, ends } = this
    if (!count) return
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer)
    if (this.fresh) gl.bufferData(gl.ARRAY_BUFFER, this.floats.subarray(0, count * ends.length * WORDS), gl.STATIC_DRAW)
    this.fresh = false
    const point = (name: string, type: number, normal: boolean, first: number) => {
      const place = gl.getAttribLocation(program, name)
      gl.enableVertexAttribArray(place)
      gl.vertexAttribPointer(place, 4, type, normal, WORDS * 4, first)
    }
    point('a_ends', gl.FLOAT, false, 0)
    point('a_color', gl.UNSIGNED_BYTE, true, 16)
    point('a_style', gl.UNSIGNED_BYTE, false, 20)
    gl.drawArrays(how, 0, count * ends.length)
  }
}

export class Ties {
  /** The thinnest in a crowd, under the others. */
  private readonly lines: Vertices
  private readonly strips: Vertices
  private readonly program: WebGLProgram

  constructor(private readonly gl: Gl, most: number) {
    this.lines = new Vertices(gl, LINE, most)
    this.strips = new Vertices(gl, STRIP, most)
    this.program = made(gl)
  }

  begin(): void {
    this.lines.begin()
    this.strips.begin()
  }

  add(from: Spot, to: Spot, stroke: Stroke): void {
    const where = stroke.line ? this.lines : this.strips
    where.add(from, to, stroke)
  }

  draw(seen: RenderParams, [x, y, wide]: Middle): void {
    const { gl, program } = this
    const at = (name: string) => gl.getUniformLocation(program, name)
    gl.viewport(0, 0, seen.width * seen.pixelRatio, seen.height * seen.pixelRatio)
    gl.useProgram(program)
    gl.uniformMatrix3fv(at('u_matrix'), false, seen.matrix)
    gl.uniform3f(at('u_frame'), x, y, wide)
    gl.uniform2f(at('u_screen'), seen.width / 2, seen.height / 2)
    gl.uniform1f(at('u_thin'), 1 / Math.max(0.35, Math.min(1.6, seen.sizeRatio)))
    gl.enable(gl.BLEND)
    this.lines.draw(program, gl.LINES)
    this.strips.draw(program, gl.TRIANGLES)
  }
}

function made(gl: Gl): WebGLProgram {
  const program = gl.createProgram()
  for (const [type, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
    const shader = gl.createShader(type)
    if (!program || !shader) throw new Error('WebGL gave no program: too many maps may be open.')
    gl.shaderSource(shader, text)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program as WebGLProgram)
  if (!gl.getProgramParameter(program as WebGLProgram, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program as WebGLProgram) ?? '')
  return program as WebGLProgram
}
