import { accessMatrix, besidesInWords } from '../access/access-matrix.js'
import type { AccessFact, Fact } from '../analyse/facts.js'
import { clientSnippets } from '../connect/client-snippets.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { ItemModel, ServerModel } from '../model/server-model.js'
import { limitsInWords } from '../render/limits-in-words.js'
import type { ConsoleBuild, ConsoleItem, ConsoleState } from './console-messages.js'

export interface ConsoleStateParts {
  readonly model: ServerModel
  readonly resource: string
  readonly issuer: string
  readonly embedded: boolean
  readonly directory: string
  readonly build: ConsoleBuild
}

/** What the console shows of a checked model and of how things stand. */
export function consoleState({ model, build, ...where }: ConsoleStateParts): ConsoleState {
  const server = identityOf(model)
  const besides = besidesOf(model)
  const item = (one: ItemModel): ConsoleItem => itemWith(one, besides.get(idOf(one)) ?? [])
  return {
    server,
    ...where,
    scopes: model.scopes.map(({ name, description, baseline, satisfies }) => ({
      name,
      description: textOf(description) ?? '',
      baseline,
      implies: satisfies,
    })),
    tools: model.tools.map((tool) => ({
      ...itemWith(tool, [...(besides.get(idOf(tool)) ?? []), ...limitsInWords(tool.limits)]),
      annotations: hintsOf(tool.annotations?.value),
      inputSchema: tool.input.wire.schema,
      outputSchema: tool.output?.wire.schema ?? null,
    })),
    resources: model.resources.map((resource) => ({ ...item(resource), uri: textOf(resource.uri) ?? '' })),
    prompts: model.prompts.map((prompt) => ({ ...item(prompt), inputSchema: prompt.input.wire.schema })),
    clients: clientSnippets({ name: server.name, resource: where.resource }),
    build,
  }
}

export function identityOf({ server }: ServerModel): ConsoleState['server'] {
  const title = textOf(server?.title)
  const instructions = textOf(server?.instructions)
  return {
    name: textOf(server?.name) ?? '',
    version: textOf(server?.version) ?? '',
    ...(title === undefined ? {} : { title }),
    ...(instructions === undefined ? {} : { instructions }),
  }
}

/** What `ACCESS.md` says of each item besides its scopes. */
function besidesOf(model: ServerModel): ReadonlyMap<string, readonly string[]> {
  return new Map(accessMatrix(model).items.map((item) => [idOf(item), besidesInWords(item)]))
}

function idOf({ kind, name }: Pick<ItemModel, 'kind' | 'name'>): string {
  return `${kind} ${name}`
}

function itemWith(
  { name, title, description, access, place: { file, line } }: ItemModel,
  besides: readonly string[],
): ConsoleItem {
  const shown = textOf(title)
  return {
    name,
    ...(shown === undefined ? {} : { title: shown }),
    description: textOf(description) ?? '',
    access: accessOf(access),
    besides,
    annotations: {},
    place: `${file}:${line}`,
    inputSchema: null,
    outputSchema: null,
  }
}

function hintsOf(annotations: Readonly<Record<string, unknown>> = {}): ConsoleItem['annotations'] {
  return Object.fromEntries(
    Object.entries(annotations).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'),
  )
}

function accessOf({ kind, scopes, sets }: AccessFact): ConsoleItem['access'] {
  if (kind === 'public' || kind === 'authenticated') return { kind }
  if (kind === 'any-of') return { kind, anyOf: sets.map((set) => set.value.map(({ value }) => value)) }
  return { kind: 'scopes', scopes: scopes.map(({ value }) => value) }
}

function textOf(fact: Fact<string> | undefined): string | undefined {
  return typeof fact === 'object' ? fact.value : undefined
}

/** A finding of the compiler as the console shows it. */
export function findingOf({ place, severity, code, message, fix }: Diagnostic): ConsoleBuild['findings'][number] {
  return { place: `${place.file}:${place.line}:${place.column}`, severity, code, message, fix }
}
