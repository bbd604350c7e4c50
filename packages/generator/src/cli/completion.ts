import type { Option } from 'yargs'
import { type Command, nameOf } from './command.js'
import type { Io } from './io.js'

/** The word with which the script that `mcp-gen completion` prints asks; the words of the line follow it. */
export const COMPLETION_WORD = '--get-yargs-completions'

interface Candidate {
  readonly value: string
  readonly description?: string
}

/**
 * What a shell offers for the last of these words, of which the first is the name
 * of the program, as lines in the form that the shell reads. It answers from the
 * data of the commands: no parser is loaded, and no compiler unless a scope is asked for.
 */
export async function complete(words: readonly string[], commands: readonly Command[], io: Io): Promise<string> {
  const { command, rest } = findCommand(words.slice(1), commands)
  const candidates =
    command === null ? [...commands.map(asCandidate), { value: 'completion' }] : await ofCommand(command, rest, io)
  const current = words.at(-1) ?? ''
  // Of `a,b,c` only the part after the last comma is being typed.
  const before = current.slice(0, current.lastIndexOf(',') + 1)
  return candidates
    .map(({ value, ...more }) => ({ value: before + value, ...more }))
    .filter(({ value }) => value.startsWith(current))
    .map((candidate) => `${shellLine(candidate, io)}\n`)
    .join('')
}

/** The innermost command that stands before the last word, and the words after it. */
function findCommand(words: readonly string[], commands: readonly Command[]): Found {
  const command = words.length < 2 ? undefined : commands.find((candidate) => nameOf(candidate) === words[0])
  if (command === undefined) return { command: null, rest: words }
  const rest = words.slice(1)
  const inner = findCommand(rest, command.commands ?? [])
  return inner.command === null ? { command, rest } : inner
}

interface Found {
  readonly command: Command | null
  readonly rest: readonly string[]
}

async function ofCommand(command: Command, words: readonly string[], io: Io): Promise<readonly Candidate[]> {
  const { positionals = {}, options = {}, commands = [] } = command
  const asked = optionBefore(words, options) ?? positionalAt(words, command)
  const known = asked === null ? undefined : command.completions?.[asked]
  const choices = asked === null ? undefined : (options[asked] ?? positionals[asked])?.choices
  const values = known === undefined ? (choices ?? []) : await known(words, io)
  if (asked !== null && asked in options) return values.map((value) => ({ value }))
  const current = words.at(-1) ?? ''
  const inner = words.length === 1 ? commands.map(asCandidate) : []
  const dashed = current.startsWith('-') || (values.length === 0 && inner.length === 0)
  return [...inner, ...values.map((value) => ({ value })), ...(dashed ? optionCandidates(options, words) : [])]
}

/** The option whose value the last word is. */
function optionBefore(words: readonly string[], options: Readonly<Record<string, Option>>): string | null {
  const name = words.at(-2)?.replace(/^--/, '')
  return words.at(-2)?.startsWith('--') === true && name !== undefined && takesValue(name, options) ? name : null
}

/** The argument that the last word is. */
function positionalAt(words: readonly string[], { positionals = {}, options = {} }: Command): string | null {
  if (words.at(-1)?.startsWith('-') === true) return null
  const given = words.slice(0, -1).filter((word, index) => {
    return !word.startsWith('-') && optionBefore(words.slice(0, index + 1), options) === null
  })
  return Object.keys(positionals)[given.length] ?? null
}

function takesValue(name: string, options: Readonly<Record<string, Option>>): boolean {
  return options[name] !== undefined && options[name].type !== 'boolean'
}

function optionCandidates(options: Readonly<Record<string, Option>>, words: readonly string[]): readonly Candidate[] {
  const unused = Object.entries(options).filter(([name]) => !words.slice(0, -1).includes(`--${name}`))
  return [
    ...unused.map(([name, { describe }]) => ({ value: `--${name}`, description: describe })),
    { value: '--help', description: 'show help' },
  ]
}

function asCandidate(command: Command): Candidate {
  return { value: nameOf(command), description: command.description }
}

/** zsh reads `value:description`, and scopes have colons of their own; fish wants a tab. */
function shellLine({ value, description }: Candidate, { env }: Io): string {
  const shell = env.SHELL ?? ''
  if (shell.includes('zsh')) return value.replaceAll(':', '\\:') + (description === undefined ? '' : `:${description}`)
  return shell.includes('fish') && description !== undefined ? `${value}\t${description}` : value
}
