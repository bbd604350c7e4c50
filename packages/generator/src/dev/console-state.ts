import type { AccessFact, Fact } from '../analyse/facts.js'
import { clientSnippets } from '../connect/client-snippets.js'
import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { ServerModel, ToolModel } from '../model/server-model.js'
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
  return {
    server,
    ...where,
    scopes: model.scopes.map(({ name, description, baseline, satisfies }) => ({
      name,
      description: textOf(description) ?? '',
      baseline,
      implies: satisfies,
    })),
    tools: model.tools.map(item),
    resources: [],
    prompts: [],
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

function item(tool: ToolModel): ConsoleItem {
  const title = textOf(tool.title)
  const { file, line } = tool.place
  return {
    name: tool.name,
    ...(title === undefined ? {} : { title }),
    description: textOf(tool.description) ?? '',
    access: accessOf(tool.access),
    annotations: Object.fromEntries(
      Object.entries(tool.annotations?.value ?? {}).filter(
        (entry): entry is [string, boolean] => entry[1] === true || entry[1] === false,
      ),
    ),
    place: `${file}:${line}`,
    inputSchema: tool.input.wire.schema,
    outputSchema: tool.output?.wire.schema ?? null,
  }
}

function accessOf({ kind, scopes }: AccessFact): ConsoleItem['access'] {
  if (kind === 'public' || kind === 'authenticated') return { kind }
  return { kind: 'scopes', scopes: scopes.map(({ value }) => value) }
}

function textOf(fact: Fact<string> | undefined): string | undefined {
  return typeof fact === 'object' ? fact.value : undefined
}

/** A finding of the compiler as the console shows it. */
export function findingOf({ place, severity, code, message, fix }: Diagnostic): ConsoleBuild['findings'][number] {
  return { place: `${place.file}:${place.line}:${place.column}`, severity, code, message, fix }
}
