import { didYouMean } from '../diagnostics/suggest.js'
import type { Command } from './command.js'

const UNKNOWN = /^Unknown arguments?: (.+)$/

/** `. Did you mean '--format'?` after yargs' complaint about an option that no command has, or nothing. */
export function suggestOption(message: string, commands: readonly Command[]): string {
  const [, unknown = ''] = UNKNOWN.exec(message) ?? []
  const [word = ''] = unknown.split(', ')
  if (word.length < 3) return ''
  const known = optionsOf(commands).map((name) => `--${name}`)
  const suggestion = didYouMean(`--${word}`, known)
  return suggestion === '' ? '' : `.${suggestion}`
}

function optionsOf(commands: readonly Command[]): readonly string[] {
  const names = commands.flatMap(({ options = {}, commands: inner = [] }) => [
    ...Object.keys(options),
    ...optionsOf(inner),
  ])
  return [...new Set([...names, 'help', 'version'])]
}
