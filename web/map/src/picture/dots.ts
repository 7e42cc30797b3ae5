// An actor as WebGL draws it: a circle, a square or a diamond with a rim, so that neighbours stay
// apart and what somebody is can be seen without colour. A point each, and all in one drawing.
import { NodeProgram, type ProgramInfo } from 'sigma/rendering'
import type { NodeDisplayData, RenderParams } from 'sigma/types'
import { floatColor } from 'sigma/utils'

const VERTEX = /* glsl */ `
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute vec4 a_color;
attribute vec4 a_rim;
attribute vec4 a_id;
uniform mat3 u_matrix;
uniform float u_thin;
uniform float u_pixels;
varying vec4 v_color;
varying vec4 v_rim;
varying float v_edge;
varying float v_size;
varying float v_shape;

void main() {
  v_size = a_size * u_thin;
  v_edge = v_size * (a_shape > 1.5 ? 1.3 : 1.0) + (a_rim.a > 0.5 ? 3.5 : 1.5);
  gl_PointSize = v_edge * 2.0 * u_pixels;
  gl_Position = a_size > 0.0 ? vec4((u_matrix * vec3(a_position, 1.0)).xy, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
  v_shape = a_shape;
  v_rim = a_rim;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`

const FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec4 v_rim;
varying float v_edge;
varying float v_size;
varying float v_shape;

float outside(vec2 at) {
  vec2 away = abs(at);
  if (v_shape < 0.5) return length(at) - v_size;
  if (v_shape < 1.5) return max(away.x, away.y) - v_size * 0.88;
  return (away.x + away.y - v_size * 1.3) * 0.7071;
}

void main() {
  float far = outside((gl_PointCoord * 2.0 - 1.0) * v_edge);
  #ifdef PICKING_MODE
  if (far > 2.0) discard;
  gl_FragColor = v_color;
  #else
  float wide = v_rim.a > 0.99 ? 2.5 : v_rim.a > 0.5 ? 1.2 : 0.5;
  float shown = clamp(0.5 + wide - far, 0.0, 1.0);
  if (shown <= 0.0) discard;
  float inside = clamp(0.5 - far, 0.0, 1.0);
  vec4 rim = vec4(v_rim.rgb, max(v_color.a, step(0.99, v_rim.a)));
  vec4 mixed = mix(rim, v_color, inside);
  float alpha = mixed.a * shown;
  gl_FragColor = vec4(mixed.rgb * alpha, alpha);
  #endif
}`

const { FLOAT, UNSIGNED_BYTE, POINTS } = WebGLRenderingContext
const UNIFORMS = ['u_matrix', 'u_thin', 'u_pixels'] as const

/** `shape`: 0 circle, 1 square, 2 diamond. `rim`: a colour; opaque ones are drawn wider. */
export interface DotData extends NodeDisplayData { shape?: number; rim?: string }

export class DotProgram extends NodeProgram<(typeof UNIFORMS)[number]> {
  getDefinition() {
    return {
      VERTICES: 1,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: POINTS,
      UNIFORMS,
      ATTRIBUTES: [
        { name: 'a_position', size: 2, type: FLOAT },
        { name: 'a_size', size: 1, type: FLOAT },
        { name: 'a_shape', size: 1, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_rim', size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: 'a_id', size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
    }
  }

  processVisibleItem(index: number, at: number, dot: DotData): void {
    const array = this.array
    array[at++] = dot.x
    array[at++] = dot.y
    array[at++] = dot.size
    array[at++] = dot.shape ?? 0
    array[at++] = floatColor(dot.color)
    array[at++] = floatColor(dot.rim ?? dot.color)
    array[at] = index
  }

  setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniformMatrix3fv(uniformLocations.u_matrix ?? null, false, params.matrix)
    gl.uniform1f(uniformLocations.u_thin ?? null, 1 / params.sizeRatio)
    gl.uniform1f(uniformLocations.u_pixels ?? null, params.pixelRatio)
  }
}
