import { type Command, readCommands } from './read-commands.js'

/** What can be typed. */
export interface Programs {
  /** Scripts of the package.json files that a reader may be in. */
  readonly scripts: ReadonlySet<string>
  /** Programs that the packages of this repository bring. */
  readonly bins: ReadonlySet<string>
  /** The commands of mcp-gen, such as `access` and `access diff`, and the options of each, as its own help lists them. */
  readonly generator: ReadonlyMap<string, ReadonlySet<string>>
}

/** Programs of others, with what is typed after them; each was seen in the program's own help. */
const OTHERS: Readonly<Record<string, RegExp>> = {
  cd: /./,
  claude: /^mcp (?:add|get|list|login|logout|remove)\b/,
  code: /^--add-mcp\b/,
  codex: /^mcp (?:add|get|list|login|logout|remove)\b/,
  cp: /./,
  curl: /./,
  docker: /^(?:build|run|compose)\b/,
  gemini: /^mcp (?:add|list|remove)\b/,
  git: /^(?:add|checkout|clone|commit|diff|fetch|init)\b/,
  mkdir: /./,
  nginx: /^-[ts]\b/,
  node: /\.m?js\b/,
}

const OF_NPM = new Set(['ci', 'init', 'install', 'pkg', 'uninstall'])
const OF_NPX = new Set(['@modelcontextprotocol/inspector', 'biome', 'changeset', 'mcp-remote', 'tsc', 'vitest'])

/** The commands in a block that do not exist, one line each. */
export function checkCommands(text: string, programs: Programs): string[] {
  return readCommands(text).flatMap((command) => {
    const problem = problemOf(command, programs)
    return problem === undefined ? [] : [`${command.words.join(' ')}: ${problem}`]
  })
}

function problemOf({ words }: Command, programs: Programs): string | undefined {
  const [program = '', ...rest] = words
  if (program === 'npm') return npmProblem(rest, programs)
  if (program === 'npx') return npxProblem(rest, programs)
  if (program === 'mcp-gen') return generatorProblem(rest, programs)
  const known = Object.hasOwn(OTHERS, program) ? OTHERS[program] : undefined
  if (known === undefined) return `${program} is not a program that the documentation may use`
  return known.test(rest.join(' ')) ? undefined : `${program} is not used that way`
}

function npmProblem(words: readonly string[], { scripts, bins }: Programs): string | undefined {
  const [command = '', name = ''] = words
  if (command === 'run') return scripts.has(name) ? undefined : `there is no script ${name}`
  if (command === 'test' || command === 'start')
    return scripts.has(command) ? undefined : `there is no script ${command}`
  if (command === 'create') {
    const bin = `create-${name.replace(/@[^@/]+$/, '')}`
    return bins.has(bin) ? undefined : `there is no package ${bin}`
  }
  return OF_NPM.has(command) ? undefined : `npm ${command} is not a command that the documentation may use`
}

function npxProblem(words: readonly string[], programs: Programs): string | undefined {
  const [name = '', ...rest] = words.filter((word) => word !== '--yes')
  const program = name.replace(/(?<=.)@[^@/]+$/, '')
  if (program === 'mcp-gen') return generatorProblem(rest, programs)
  return programs.bins.has(program) || OF_NPX.has(program) ? undefined : `there is no package ${program}`
}

function generatorProblem(words: readonly string[], { generator }: Programs): string | undefined {
  const [command = '', inner = ''] = words
  if (!generator.has(command))
    return /^--(?:help|version)$/.test(command) ? undefined : `mcp-gen has no command ${command}`
  const name = generator.has(`${command} ${inner}`) ? `${command} ${inner}` : command
  const hasCommands = [...generator.keys()].some((other) => other.startsWith(`${command} `))
  if (hasCommands && name === command && /^\w/.test(inner)) return `mcp-gen ${command} has no command ${inner}`
  const options = generator.get(name)
  const unknown = words
    .filter((word) => word.startsWith('-'))
    .find((word) => !options?.has(word.split('=', 1)[0] ?? ''))
  return unknown === undefined ? undefined : `mcp-gen ${name} has no option ${unknown}`
}

/** What mcp-gen's help lists: its commands, those of one of them, or the options of one. */
export function commandsOf(help: string): string[] {
  const [list = ''] = /^Commands:\n(?:.+\n)+/m.exec(help) ?? []
  return [...list.matchAll(/^ +mcp-gen ([a-z-]+(?: [a-z-]+)*)/gm)].map((match) => match[1] ?? '')
}

export function optionsOf(help: string): Set<string> {
  return new Set([...help.matchAll(/(?<![\w-])--?[a-z][a-z-]*/g)].map(([option]) => option))
}
