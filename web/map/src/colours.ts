// Colours of circles that people who see few colours can tell apart (after Okabe and Ito), each
// dark enough on light paper, and light enough on dark. A circle is named on the map too.
export interface Theme {
  paper: string; ink: string; quiet: string; tie: string; mark: string; warn: string
  circles: readonly string[]; routes: readonly string[]; other: string
}
export const LIGHT: Theme = {
  paper: '#fbfaf7', ink: '#1d2733', quiet: '#5c6670', tie: '#68727c', mark: '#b3261e', warn: '#9a4b00',
  circles: ['#0072b2', '#d55e00', '#00805f', '#a8437f', '#8a6d00', '#2e86c1', '#6f4ca1', '#7a4a2b'],
  routes: ['#b3261e', '#0072b2', '#1d2733'], other: '#7d858d',
}
export const DARK: Theme = {
  paper: '#14181d', ink: '#eceae5', quiet: '#a9b1b9', tie: '#8f99a3', mark: '#ff8a80', warn: '#ffb870',
  circles: ['#56b4e9', '#ff9f5a', '#3ccf9f', '#e79bc6', '#f0dc5a', '#8fb8ff', '#c3a6f5', '#d8a888'],
  routes: ['#ff8a80', '#56b4e9', '#eceae5'], other: '#8a939c',
}
export const circleColour = (theme: Theme, circle: number | null): string =>
  circle === null ? theme.other : theme.circles[circle] ?? theme.other

const parts = (hex: string): [number, number, number] => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number]
export const faded = (hex: string, alpha: number): string => `rgba(${parts(hex).join()},${alpha})`
export type Colour = readonly [red: number, green: number, blue: number, alpha: number]
export const bytes = (hex: string, alpha: number): Colour => [...parts(hex), Math.round(alpha * 255)]
