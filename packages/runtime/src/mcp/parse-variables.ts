import type { ReadGrant } from '../guard/grants.js'
import { parseWith } from './standard-schema.js'

/** The variables of a URI as the schemas of their resource parse them; nothing, if one does not fit. */
export async function parseVariables(
  { item: { module, pattern } }: ReadGrant['grant'],
  variables: ReadGrant['variables'],
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const parsed: Record<string, unknown> = {}
  for (const name of pattern.names) {
    const schema = module.variables?.[name]
    // Boot refuses a variable without a schema. Should one get here all the same, nothing is read.
    if (schema === undefined) return undefined
    const one = await parseWith(schema, variables[name])
    if ('issues' in one) return undefined
    parsed[name] = one.value
  }
  return parsed
}
