// A tie as WebGL draws it: a strip so many pixels wide, whole or dashed, whatever the distance.
// Dashed is not yet known: sigma has no such line of its own.
import { EdgeProgram, type ProgramInfo } from 'sigma/rendering'
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from 'sigma/types'
import { floatColor } from 'sigma/utils'

const VERTEX = /* glsl */ `
attribute vec2 a_from;
attribute vec2 a_to;
attribute float a_wide;
attribute float a_dash;
attribute vec4 a_color;
attribute vec4 a_id;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_screen;
uniform float u_thin;
varying vec4 v_color;
varying float v_along;
varying float v_aside;
varying float v_half;
varying float v_dash;

void main() {
  vec2 from = (u_matrix * vec3(a_from, 1.0)).xy * u_screen;
  vec2 to = (u_matrix * vec3(a_to, 1.0)).xy * u_screen;
  vec2 way = to - from;
  float far = length(way);
  vec2 along = far > 0.0 ? way / far : vec2(0.0);
  vec2 aside = vec2(-along.y, along.x);
  v_half = max(a_wide * u_thin, 0.8) * 0.5;
  float edge = v_half + 0.6;
  gl_Position = vec4((mix(from, to, a_corner.x) + aside * a_corner.y * edge) / u_screen, 0.0, 1.0);
  v_along = far * a_corner.x;
  v_aside = a_corner.y * edge;
  v_dash = a_dash;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`

const FRAGMENT = /* glsl */ `
precision mediump float;
varying vec4 v_color;
varying float v_along;
varying float v_aside;
varying float v_half;
varying float v_dash;

void main() {
  if (v_dash > 0.0 && fract(v_along / (v_dash * 2.0)) > 0.55) discard;
  #ifdef PICKING_MODE
  gl_FragColor = v_color;
  #else
  float alpha = v_color.a * clamp(v_half + 0.6 - abs(v_aside), 0.0, 1.0);
  gl_FragColor = vec4(v_color.rgb * alpha, alpha);
  #endif
}`

const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGLRenderingContext
const UNIFORMS = ['u_matrix', 'u_screen', 'u_thin'] as const

export interface TieData extends EdgeDisplayData { dash?: number }

export class TieProgram extends EdgeProgram<(typeof UNIFORMS)[number]> {
  getDefinition() {
    return {
      VERTICES: 4,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLE_STRIP,
      UNIFORMS,
      ATTRIBUTES: [
        { name: 'a_from', size: 2, type: FLOAT },
        { name: 'a_to', size: 2, type: FLOAT },
        { name: 'a_wide', size: 1, type: FLOAT },
        { name: 'a_dash', size: 1, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: 'a_corner', size: 2, type: FLOAT }],
      CONSTANT_DATA: [[0, 1], [0, -1], [1, 1], [1, -1]],
    }
  }

  processVisibleItem(index: number, at: number, from: NodeDisplayData, to: NodeDisplayData, tie: TieData): void {
    const array = this.array
    array[at++] = from.x
    array[at++] = from.y
    array[at++] = to.x
    array[at++] = to.y
    array[at++] = tie.size
    array[at++] = tie.dash ?? 0
    array[at++] = floatColor(tie.color)
    array[at] = index
  }

  setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniformMatrix3fv(uniformLocations.u_matrix ?? null, false, params.matrix)
    gl.uniform2f(uniformLocations.u_screen ?? null, params.width / 2, params.height / 2)
    gl.uniform1f(uniformLocations.u_thin ?? null, 1 / Math.max(0.35, Math.min(1.6, params.sizeRatio)))
  }
}
