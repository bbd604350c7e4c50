import { isDeepStrictEqual } from 'node:util'
import { findNodeAtLocation, type Node, type ParseError, parse, parseTree, printParseErrorCode } from 'jsonc-parser'
import { parse as parseToml, TomlError } from 'smol-toml'
import { isRecord } from '../model/is-record.js'
import type { ConnectedServer, ProjectFile } from './client.js'
import { fileStep, tomlEntry } from './file-step.js'

/** What becomes of a client's file when a server is added to it. */
export type Merged =
  | { readonly kind: 'changed'; readonly text: string }
  | { readonly kind: 'unchanged' }
  /** The file stays as it is; `why` follows its path in a sentence. */
  | { readonly kind: 'refused'; readonly why: string }

const BOM = '\ufeff'

/** Adds a server to what a file holds, null if there is none, and keeps everything else to the byte. */
export function mergeFile(file: ProjectFile, before: string | null, server: ConnectedServer): Merged {
  const step = fileStep(file, server)
  const alone = step.kind === 'file' ? step.text : ''
  if (before === null || before.replace(BOM, '').trim() === '') return { kind: 'changed', text: alone }
  const mark = before.startsWith(BOM) ? BOM : ''
  const text = before.slice(mark.length)
  const merged = file.language === 'json' ? mergeJson(file, text, server) : mergeToml(text, server)
  return merged.kind === 'changed' ? { kind: 'changed', text: mark + merged.text } : merged
}

type JsonFile = Extract<ProjectFile, { language: 'json' }>

function mergeJson(file: JsonFile, text: string, { name, resource }: ConnectedServer): Merged {
  const read = readJson(text)
  if (typeof read === 'string') return { kind: 'refused', why: read }
  const servers = own(read, file.property)
  if (servers !== undefined && !isRecord(servers)) {
    return { kind: 'refused', why: `has something else than an object as "${file.property}"` }
  }
  const entry = file.entry(resource)
  const existing = own(servers ?? {}, name)
  if (isDeepStrictEqual(existing, entry)) return { kind: 'unchanged' }
  if (existing !== undefined) return taken(name, existing)
  const after =
    servers === undefined
      ? insertFirst(text, [], file.property, { [name]: entry })
      : insertFirst(text, [file.property], name, entry)
  // A property that is written twice is read and changed in different places.
  const check = readJson(after)
  const isThere = typeof check !== 'string' && isDeepStrictEqual(own(own(check, file.property), name), entry)
  return isThere ? { kind: 'changed', text: after } : { kind: 'refused', why: `has "${file.property}" more than once` }
}

/** The object in a file of JSON, with comments and trailing commas as editors allow, or what is wrong with it. */
function readJson(text: string): Readonly<Record<string, unknown>> | string {
  const errors: ParseError[] = []
  const value: unknown = parse(text, errors, { allowTrailingComma: true })
  const [error] = errors
  if (error !== undefined) {
    const line = text.slice(0, error.offset).split('\n').length
    return `is not valid JSON: ${printParseErrorCode(error.error)} in line ${line}`
  }
  return isRecord(value) ? value : 'does not hold an object'
}

/**
 * Writes a property in front of the others of an object, as they are laid out:
 * there no comma is missing and no comment belongs to what is before.
 */
function insertFirst(text: string, path: readonly string[], key: string, value: object): string {
  const tree = parseTree(text, [], { allowTrailingComma: true })
  const object = tree === undefined ? undefined : findNodeAtLocation(tree, [...path])
  if (object === undefined) return text
  const start = object.offset + 1
  return text.slice(0, start) + asFirst(text, object, key, value) + text.slice(start)
}

function asFirst(text: string, object: Node, key: string, value: object): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const [, unit = '  '] = /^([ \t]+)\S/m.exec(text) ?? []
  const property = (indent: string) =>
    `${JSON.stringify(key)}: ${JSON.stringify(value, null, unit).replaceAll('\n', eol + indent)}`
  const [first] = object.children ?? []
  if (first === undefined) {
    const margin = indentAt(text, object.offset)
    return `${eol}${margin}${unit}${property(margin + unit)}${eol}${margin}`
  }
  const isOnOneLine = !text.slice(object.offset, first.offset).includes('\n')
  if (isOnOneLine) return ` ${JSON.stringify(key)}: ${JSON.stringify(value)},`
  const margin = indentAt(text, first.offset)
  return `${eol}${margin}${property(margin)},`
}

/** The white space at the start of the line that holds a place. */
function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset)
  return /^[ \t]*/.exec(line)?.[0] ?? ''
}

function taken(name: string, existing: unknown): Merged {
  const address = isRecord(existing) ? (existing.url ?? existing.httpUrl) : undefined
  const where = typeof address === 'string' ? ` at ${JSON.stringify(address)}` : ''
  return { kind: 'refused', why: `has another server called "${name}"${where}; remove it there, or choose --name` }
}

/** Adds a table at the end, where it cannot become part of another one. */
function mergeToml(text: string, server: ConnectedServer): Merged {
  const before = readToml(text)
  if (typeof before === 'string') return { kind: 'refused', why: `is not valid TOML: ${before}` }
  const existing = own(own(before, TOML_PROPERTY), server.name)
  if (isDeepStrictEqual(existing, { url: server.resource })) return { kind: 'unchanged' }
  if (existing !== undefined) return taken(server.name, existing)
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const gap = text.endsWith('\n') ? eol : eol + eol
  const after = text + gap + tomlEntry(server).replaceAll('\n', eol)
  const isThere = isDeepStrictEqual(own(own(readToml(after), TOML_PROPERTY), server.name), { url: server.resource })
  return isThere
    ? { kind: 'changed', text: after }
    : { kind: 'refused', why: `has "${TOML_PROPERTY}" in a form that nothing can be added to` }
}

const TOML_PROPERTY = 'mcp_servers'

/** What a file of TOML says, or what is wrong with it. */
function readToml(text: string): Readonly<Record<string, unknown>> | string {
  try {
    // Tables without a prototype would not equal ours.
    return structuredClone(parseToml(text))
  } catch (error) {
    if (error instanceof TomlError) return `line ${error.line}, column ${error.column}`
    throw error
  }
}

function own(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined
}
