import { type Annotations, type Resource, specTypeSchemas } from '@modelcontextprotocol/server'
import { isRecord } from './is-record.js'
import { listedIcons } from './listed-icons.js'
import { listedMetadata } from './listed-metadata.js'
import type { PreparedResource } from './resource-catalogue.js'

/**
 * One resource that the `list()` of a template says there is, as lists show it: what a resource may have (MCP, resource),
 * checked, and nothing else of it. Nothing, if the values cannot stand in the URI.
 *
 * @throws {TypeError} for an entry that no list may hold; it quotes nothing
 */
export function listedResource({ description, pattern }: PreparedResource, entry: unknown): Resource | undefined {
  if (!isRecord(entry) || !isRecord(entry.variables)) throw new TypeError('list() returns { variables, … } objects.')
  const values: Record<string, string> = {}
  for (const name of pattern.names) {
    const value = Object.hasOwn(entry.variables, name) ? entry.variables[name] : undefined
    if (typeof value !== 'string') throw new TypeError(`list() gives the variable ${name} as text.`)
    values[name] = value
  }
  const uri = pattern.expand(values)
  if (uri === undefined) return undefined
  const title = optionalText(entry, 'title')
  const about = optionalText(entry, 'description')
  const mimeType = optionalText(entry, 'mimeType') ?? description.mimeType
  const { icons, annotations, size, _meta } = entry
  return {
    uri,
    name: optionalText(entry, 'name') ?? Object.values(values).join('/'),
    ...(title === undefined ? {} : { title }),
    ...(about === undefined ? {} : { description: about }),
    ...(mimeType === undefined ? {} : { mimeType }),
    ...(icons === undefined ? {} : { icons: listedIcons(icons) }),
    ...(annotations === undefined ? {} : { annotations: listedAnnotations(annotations) }),
    ...(size === undefined ? {} : { size: listedSize(size) }),
    ...(_meta === undefined ? {} : { _meta: listedMetadata(_meta) }),
  }
}

function optionalText(entry: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = entry[key]
  if (value === undefined || typeof value === 'string') return value
  throw new TypeError(`list() gives ${key} as text.`)
}

function listedAnnotations(value: unknown): Annotations {
  const checked = specTypeSchemas.Annotations['~standard'].validate(value)
  if (!(checked instanceof Promise) && checked.issues === undefined) return checked.value
  throw new TypeError('list() gives annotations of an audience, a priority from 0 to 1, and a time (ISO 8601).')
}

function listedSize(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw new TypeError('list() gives size as a number of bytes.')
}
