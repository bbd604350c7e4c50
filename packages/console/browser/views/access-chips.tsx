import type { JSX } from 'preact'
import type { ConsoleItem } from '../../src/definition.js'

/** Who may call something, in a few words. */
export function AccessChips({ access }: { readonly access: ConsoleItem['access'] }): JSX.Element {
  if (access.kind === 'public') return <span class="chip public">public: no token needed</span>
  if (access.kind === 'authenticated') return <span class="chip any">any token</span>
  if (access.kind === 'any-of') return <span class="chip any">{setsInWords(access.anyOf)}</span>
  return (
    <>
      {access.scopes.map((scope) => (
        <span class="chip scope" key={scope}>
          {scope}
        </span>
      ))}
    </>
  )
}

/** Sets of scopes of which one is enough. */
export function setsInWords(sets: readonly (readonly string[])[]): string {
  return sets.map((set) => set.join(' and ')).join(', or ')
}

/** What is asked for besides, one a line; nothing where there is nothing. */
export function Besides({ item: { name, besides } }: { readonly item: ConsoleItem }): JSX.Element | null {
  if (besides.length === 0) return null
  return (
    <ul class="besides" aria-label={`Besides, for ${name}`}>
      {besides.map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  )
}

const words: Readonly<Record<string, readonly [whenTrue: string, whenFalse: string]>> = {
  readOnlyHint: ['reads only', 'changes things'],
  destructiveHint: ['destructive', 'not destructive'],
  idempotentHint: ['idempotent', 'not idempotent'],
  openWorldHint: ['open world', 'closed world'],
}

/** What a tool says of itself; clients may show it to their users. */
export function AnnotationChips({ annotations }: { annotations: ConsoleItem['annotations'] }): JSX.Element {
  return (
    <>
      {Object.entries(annotations).map(([name, value]) => (
        <span
          class={`chip hint${name === 'destructiveHint' && value ? ' danger' : ''}`}
          key={name}
          title={`${name}: ${value}`}
        >
          {words[name]?.[value ? 0 : 1] ?? `${name}: ${value}`}
        </span>
      ))}
    </>
  )
}
