export type Color = 'red' | 'yellow' | 'green' | 'cyan' | 'bold' | 'dim'

/** Puts a colour around text, or leaves it alone. */
export type Paint = (color: Color, text: string) => string

const ANSI: Readonly<Record<Color, readonly [on: number, off: number]>> = {
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
  cyan: [36, 39],
  bold: [1, 22],
  dim: [2, 22],
}

export function painter(color: boolean): Paint {
  if (!color) return (_name, text) => text
  return (name, text) => `\u001b[${ANSI[name][0]}m${text}\u001b[${ANSI[name][1]}m`
}
