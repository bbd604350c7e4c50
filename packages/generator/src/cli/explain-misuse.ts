import { didYouMean } from '../diagnostics/suggest.js'
import { type Command, nameOf } from './command.js'

const UNKNOWN = /^Unknown arguments?: ([^,]+)/
const TOO_FEW = /^Not enough non-option arguments/
const INVALID = /Argument: (\S+), Given: "([^"]*)", Choices: (.+)$/m

/** What yargs says of a command line that makes no sense, with what it may have meant. */
export function explainMisuse(message: string, argv: readonly string[], commands: readonly Command[]): string {
  if (TOO_FEW.test(message)) {
    const usage = usageOf(argv, commands)
    return usage === '' ? message : `Something is missing: mcp-gen${usage}`
  }
  return `${message}${suggestOption(message, commands)}${suggestChoice(message)}`
}

/** How the command is called that the words name, with the commands that it is one of. */
function usageOf([word, ...words]: readonly string[], commands: readonly Command[]): string {
  const command = commands.find((candidate) => nameOf(candidate) === word)
  if (command === undefined) return ''
  const inner = usageOf(words, command.commands ?? [])
  return inner === '' ? ` ${command.usage}` : ` ${nameOf(command)}${inner}`
}

/** An option that some command has. Arguments are told as unknown in the same words, and have no dashes. */
function suggestOption(message: string, commands: readonly Command[]): string {
  const [, word = ''] = UNKNOWN.exec(message) ?? []
  if (word.length < 3) return ''
  const known = optionsOf(commands).map((name) => `--${name}`)
  const suggestion = didYouMean(`--${word}`, known)
  return suggestion === '' ? '' : `.${suggestion}`
}

function suggestChoice(message: string): string {
  const [, , given = '', choices = ''] = INVALID.exec(message) ?? []
  const suggestion = didYouMean(
    given,
    choices.split(', ').map((choice) => choice.replaceAll('"', '')),
  )
  return given === '' || suggestion === '' ? '' : `\n${suggestion.trim()}`
}

function optionsOf(commands: readonly Command[]): readonly string[] {
  const names = commands.flatMap(({ options = {}, commands: inner = [] }) => [
    ...Object.keys(options),
    ...optionsOf(inner),
  ])
  return [...new Set([...names, 'help', 'version'])]
}
