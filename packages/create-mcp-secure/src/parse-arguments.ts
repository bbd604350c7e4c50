import { parseArgs } from 'node:util'
import { checkIssuer } from './check-issuer.js'
import { checkName } from './check-name.js'
import {
  AUTHS,
  type AuthName,
  PACKAGE_MANAGERS,
  type PackageManagerName,
  TEMPLATES,
  type TemplateName,
} from './choices.js'
import { didYouMean } from './did-you-mean.js'
import { misuse } from './problem.js'

/** What a command line says; what it leaves open is absent. */
export interface Flags {
  readonly directory?: string
  readonly name?: string
  readonly template?: TemplateName
  readonly auth?: AuthName
  readonly issuer?: string
  readonly packageManager?: PackageManagerName
  readonly yes: boolean
  readonly install: boolean
  readonly git: boolean
  readonly help: boolean
  readonly version: boolean
}

const OPTIONS = {
  name: { type: 'string' },
  template: { type: 'string', short: 't' },
  auth: { type: 'string' },
  issuer: { type: 'string' },
  'package-manager': { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
  'no-install': { type: 'boolean' },
  'no-git': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

type Option = keyof typeof OPTIONS

/** @throws {Problem} when a flag is unknown, or has a value that it cannot have */
export function parseArguments(argv: readonly string[]): Flags {
  const { tokens } = parseArgs({ args: [...argv], options: OPTIONS, strict: false, tokens: true })
  const values: Partial<Record<Option, string>> = {}
  const directories: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') directories.push(token.value)
    if (token.kind === 'option') values[known(token.name, token.rawName)] = valueIn(token)
  }
  const [directory, another] = directories
  if (another !== undefined) throw misuse(`One directory at a time: '${directory}' or '${another}'?`)
  if (directory === '') throw misuse('The directory has no name.')
  return check(values, directory)
}

function known(name: string, typed: string): Option {
  if (Object.hasOwn(OPTIONS, name)) return name as Option
  const long = typed.startsWith('--')
    ? didYouMean(
        typed,
        Object.keys(OPTIONS).map((option) => `--${option}`),
      )
    : ''
  throw misuse(`There is no ${typed}.${long}`)
}

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value: string | undefined
  readonly inlineValue: boolean | undefined
}

function valueIn({ name, rawName, value, inlineValue }: OptionToken): string {
  if (OPTIONS[name as Option].type === 'boolean') {
    if (value !== undefined) throw misuse(`${rawName} takes no value.`)
    return ''
  }
  // The next flag is not what this one was meant to be.
  if (value === undefined || value === '' || (!inlineValue && value.startsWith('-'))) {
    throw misuse(`${rawName} needs a value, such as ${rawName} ${EXAMPLES[name] ?? '…'}.`)
  }
  return value
}

const EXAMPLES: Readonly<Record<string, string>> = {
  name: 'my-mcp-server',
  template: 'notes',
  auth: 'oidc',
  issuer: 'https://login.example.com',
  'package-manager': 'pnpm',
}

function check(values: Partial<Record<Option, string>>, directory: string | undefined): Flags {
  const { name, issuer } = values
  const template = oneOf('--template', values.template, Object.keys(TEMPLATES) as TemplateName[])
  const auth = oneOf('--auth', values.auth, Object.keys(AUTHS) as AuthName[])
  const packageManager = oneOf('--package-manager', values['package-manager'], PACKAGE_MANAGERS)
  if (name !== undefined) refuse(checkName(name))
  if (issuer !== undefined) refuse(checkIssuer(issuer))
  if (issuer !== undefined && auth === 'embedded') {
    throw misuse('--issuer names an authorization server that you have, and --auth embedded says to use none.')
  }
  return {
    ...(directory !== undefined && { directory }),
    ...(name !== undefined && { name }),
    ...(template !== undefined && { template }),
    // Whoever names an issuer has said which authorization server it is.
    ...(auth !== undefined ? { auth } : issuer !== undefined && { auth: 'oidc' as const }),
    ...(issuer !== undefined && { issuer }),
    ...(packageManager !== undefined && { packageManager }),
    yes: values.yes !== undefined,
    install: values['no-install'] === undefined,
    git: values['no-git'] === undefined,
    help: values.help !== undefined,
    version: values.version !== undefined,
  }
}

function oneOf<Value extends string>(
  flag: string,
  value: string | undefined,
  all: readonly Value[],
): Value | undefined {
  if (value === undefined) return undefined
  const found = all.find((candidate) => candidate === value)
  if (found !== undefined) return found
  throw misuse(`${flag} cannot be '${value}'.${didYouMean(value, all)} There are ${all.join(', ')}.`)
}

function refuse(problem: string | undefined): void {
  if (problem !== undefined) throw misuse(problem)
}
