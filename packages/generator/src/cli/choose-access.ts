import type { AddedAccess } from '../add/kind.js'
import type { ScopeFacts } from '../analyse/facts.js'
import { didYouMean } from '../diagnostics/suggest.js'
import { oneLine } from '../render/markdown.js'
import type { Ask } from './ask.js'
import type { Io } from './io.js'
import { Refused } from './refused.js'

export interface AccessArguments {
  readonly scopes: string | undefined
  readonly access: 'authenticated' | 'public' | undefined
  readonly yes: boolean
}

/**
 * Who may use what is added: as was said, else as the person at the terminal
 * says. It is never guessed: where nobody says it, nothing is added.
 */
export async function chooseAccess(
  { scopes, access, yes }: AccessArguments,
  declared: readonly ScopeFacts[],
  io: Io,
): Promise<AddedAccess> {
  if (scopes !== undefined && access !== undefined) throw new Refused('say --scopes or --access, not both')
  if (scopes !== undefined) return { kind: 'scopes', scopes: scopesFrom(scopes, declared) }
  if (access !== undefined) return { kind: access }
  if (io.ask !== undefined && !yes) return askFor(io.ask, declared)
  throw new Refused(`Say who may use it: --scopes a,b or --access authenticated|public.\n\n${list(declared)}`)
}

/** In the order in which the server declares them, as in every challenge. */
function scopesFrom(text: string, declared: readonly ScopeFacts[]): readonly string[] {
  const wanted = text.split(',').map((name) => name.trim())
  const names = declared.map(({ name }) => name)
  const unknown = wanted.find((name) => !names.includes(name))
  if (unknown === undefined) return names.filter((name) => wanted.includes(name))
  const problem =
    unknown === ''
      ? '--scopes names none, or has a comma too many.'
      : `mcp/server.ts declares no scope ${JSON.stringify(unknown)}.${didYouMean(unknown, names)}`
  throw new Refused(`${problem}\n\n${list(declared)}`)
}

async function askFor(ask: Ask, declared: readonly ScopeFacts[]): Promise<AddedAccess> {
  const choices = [
    ...(declared.length === 0 ? [] : [{ value: 'scopes', label: 'callers who have certain scopes' }]),
    { value: 'authenticated', label: 'every caller with a token' },
    { value: 'public', label: 'everybody, without a token' },
  ]
  const kind = await ask.one('Who may use it?', choices)
  if (kind === 'authenticated' || kind === 'public') return { kind }
  if (kind === null) throw new Refused('')
  const chosen = await ask.some(
    'Which scopes must a caller have? All of those that you choose.',
    declared.map((scope) => ({ value: scope.name, hint: descriptionOf(scope) })),
  )
  if (chosen === null) throw new Refused('')
  return { kind: 'scopes', scopes: scopesFrom(chosen.join(','), declared) }
}

function list(declared: readonly ScopeFacts[]): string {
  if (declared.length === 0) return 'mcp/server.ts declares no scopes.'
  const width = Math.max(...declared.map(({ name }) => name.length))
  const lines = declared.map((scope) => `  ${scope.name.padEnd(width)}  ${descriptionOf(scope)}`.trimEnd())
  return `mcp/server.ts declares:\n${lines.join('\n')}`
}

function descriptionOf({ description }: ScopeFacts): string {
  return typeof description === 'string' ? '' : oneLine(description.value)
}
