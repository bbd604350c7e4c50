import { isSchema } from '../model/map-schema.js'
import type { EvaluatedSchema } from './evaluation.js'
import type { JsonSchema } from './facts.js'
import { isZod3, zod3ToJsonSchema } from './zod3-to-json-schema.js'
import { isZod4, type ToJsonSchema, zod4ToJsonSchema } from './zod4-to-json-schema.js'

type Side = 'input' | 'output'

/** Schemas of other libraries that describe themselves: https://standardschema.dev/json-schema */
interface StandardJsonSchema {
  readonly '~standard': { readonly jsonSchema: Record<Side, (options: { target: string }) => JsonSchema> }
}

/** JSON Schema 2020-12 of whatever a tool declares, without `$schema`: 2020-12 is what MCP assumes. */
export async function convertSchema(
  schema: unknown,
  side: Side,
  loadToJsonSchema: () => Promise<ToJsonSchema>,
): Promise<EvaluatedSchema> {
  if ((typeof schema !== 'object' && typeof schema !== 'function') || schema === null) return NOT_A_SCHEMA
  try {
    return plain(await convert(schema, side, loadToJsonSchema))
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    return isRaw(schema) ? { problem: problem.replace(/^strict mode: /, ''), isRaw: true } : { problem }
  }
}

const NOT_A_SCHEMA: EvaluatedSchema = { problem: 'it is not a schema of Zod 4, Zod 3 or Standard JSON Schema' }

async function convert(schema: object, side: Side, load: () => Promise<ToJsonSchema>): Promise<EvaluatedSchema> {
  if (isZod4(schema)) return zod4ToJsonSchema(schema, side, schema.toJSONSchema ? noOtherCopy : await load())
  if (isZod3(schema)) return zod3ToJsonSchema(schema, side)
  if (describesItself(schema)) {
    const described = schema['~standard'].jsonSchema[side]({ target: 'draft-2020-12' })
    return isRaw(schema) ? { schema: described, isRaw: true } : { schema: described }
  }
  return NOT_A_SCHEMA
}

const noOtherCopy: ToJsonSchema = () => {
  throw new TypeError('a nested schema comes from a copy of Zod that cannot write JSON Schema')
}

function describesItself(schema: object): schema is StandardJsonSchema {
  const standard = (schema as Partial<StandardJsonSchema>)['~standard']
  return typeof standard?.jsonSchema?.input === 'function'
}

/** What `jsonSchema()` of the DSL makes; by its mark, because the project may have another copy of the DSL. */
function isRaw(schema: object): boolean {
  return 'mcp-secure.json-schema' in schema && schema['mcp-secure.json-schema'] === true
}

/** Deeper than anybody nests by hand, and less deep than what clients' validators and stacks bear. */
const MAX_DEPTH = 256

/** As JSON has it: what is not data is left behind here. */
function plain(outcome: EvaluatedSchema): EvaluatedSchema {
  if ('problem' in outcome) return outcome
  if (!isSchema(outcome.schema)) return { problem: 'what it describes itself as is no JSON Schema' }
  if (depthOf(outcome.schema) > MAX_DEPTH) return { problem: `it is nested more than ${MAX_DEPTH} levels deep` }
  const schema = JSON.parse(JSON.stringify(outcome.schema, finite)) as JsonSchema
  if (outcome.isRaw) return { schema, isRaw: true }
  if (typeof schema === 'boolean') return { schema }
  const { $schema: _dialect, ...keywords } = schema
  return { schema: keywords }
}

function depthOf(value: unknown): number {
  let level: readonly unknown[] = [value]
  for (let depth = 0; ; depth++) {
    level = level.flatMap((part) => (typeof part === 'object' && part !== null ? Object.values(part) : []))
    if (level.length === 0 || depth > MAX_DEPTH) return depth
  }
}

/** JSON would write these as null, and `minimum: null` is no schema. */
function finite(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError(`'${key}' is ${value}, which JSON lacks`)
  return value
}
