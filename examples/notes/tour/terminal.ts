import { styleText } from 'node:util'

let steps = 0

/** Colour where a person reads, none where output is piped or `NO_COLOR` is set. */
function style(format: Parameters<typeof styleText>[0], text: string): string {
  return process.stdout.isTTY && !process.env.NO_COLOR ? styleText(format, text) : text
}

export const bold = (text: string): string => style('bold', text)
export const dim = (text: string): string => style('dim', text)

/** Announces the next thing that the tour does. */
export function step(text: string): void {
  steps += 1
  console.log(`\n  ${bold(`${steps}  ${text}`)}`)
}

/** Something that was seen, under the step it belongs to. */
export function detail(text: string): void {
  console.log(`     ${text}`)
}

export function done(text: string): void {
  console.log(`\n  ${style('green', text)}\n`)
}
