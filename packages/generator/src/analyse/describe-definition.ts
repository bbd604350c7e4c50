import { convertSchema } from './convert-schema.js'
import { dataOf } from './data-of.js'
import type {
  Evaluated,
  EvaluatedItem,
  EvaluatedPrompt,
  EvaluatedResource,
  EvaluatedSchema,
  EvaluatedTool,
  EvaluatedVariable,
} from './evaluation.js'
import type { ToJsonSchema } from './zod4-to-json-schema.js'

/** What the default export of a module is, as it is when it runs. */
type Values = Readonly<Record<string, unknown>>
type Load = () => Promise<ToJsonSchema>

export function describeServer({ icons, ...server }: Values): Evaluated {
  return { kind: 'server', value: plain(server), ...(icons === undefined ? {} : { icons: dataOf(icons) }) }
}

export async function describeTool(tool: Values, load: Load): Promise<EvaluatedTool> {
  const side = async (io: 'input' | 'output'): Promise<Record<string, EvaluatedSchema>> =>
    tool[io] === undefined ? {} : { [io]: await convertSchema(tool[io], io, load) }
  return {
    ...describeItem(tool, 'run'),
    ...plain({ annotations: tool.annotations, limits: tool.limits, audit: tool.audit }),
    ...(tool._meta === undefined ? {} : { metadata: dataOf(tool._meta) }),
    ...(await side('input')),
    ...(await side('output')),
  }
}

export async function describeResource(resource: Values, load: Load): Promise<EvaluatedResource> {
  const { uri, mimeType, variables, list, subscribe } = resource
  const described: EvaluatedVariable[] = []
  for (const [name, schema] of Object.entries(asRecord(variables))) {
    described.push({ name, outcome: await convertSchema(schema, 'input', load) })
  }
  return {
    ...describeItem(resource, 'read'),
    ...plain({ uri, mimeType }),
    variables: described,
    lists: list !== undefined,
    subscribes: typeof subscribe,
    completes: completesOf(resource),
  }
}

export async function describePrompt(prompt: Values, load: Load): Promise<EvaluatedPrompt> {
  return {
    ...describeItem(prompt, 'run'),
    ...(prompt.arguments === undefined ? {} : { arguments: await convertSchema(prompt.arguments, 'input', load) }),
    completes: completesOf(prompt),
  }
}

function describeItem(item: Values, handler: 'run' | 'read'): EvaluatedItem {
  const { description, title, scopes, access, uses, whenDenied, onlyFor, freshLogin, acr, argumentScopes } = item
  const said = plain({
    description,
    title,
    scopes,
    access,
    uses,
    whenDenied,
    onlyFor,
    freshLogin,
    acr,
    argumentScopes,
    downstream: item.downstream,
  })
  const picks = typeof asRecord(argumentScopes).pick === 'function'
  const authorizes = typeof item.authorize === 'function'
  const icons = item.icons === undefined ? {} : { icons: dataOf(item.icons) }
  return { ...said, ...icons, picks, authorizes, hasHandler: typeof item[handler] === 'function' }
}

function completesOf({ complete }: Values): readonly string[] {
  return Object.entries(asRecord(complete))
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name)
}

function asRecord(value: unknown): Values {
  return typeof value === 'object' && value !== null ? (value as Values) : {}
}

/** As JSON has it: what is not data is left behind here. */
export function plain(value: Values): Values {
  return JSON.parse(JSON.stringify(value)) as Values
}
