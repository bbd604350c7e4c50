import { createRequire } from 'node:module'
import type { ErrorObject, ValidateFunction } from 'ajv'
import type { StandardSchema } from './schema.js'

/** A JSON Schema of dialect 2020-12, as an object. */
export type JsonSchemaObject = { readonly [keyword: string]: unknown }

/** What a `jsonSchema()` is besides a Standard Schema. */
interface RawSchema<T> extends StandardSchema<T> {
  readonly '~standard': StandardSchema<T>['~standard'] & {
    readonly jsonSchema: { readonly input: () => JsonSchemaObject; readonly output: () => JsonSchemaObject }
  }
  /** How the compiler and the runtime know it, whichever copy of this package it came from. */
  readonly 'mcp-secure.json-schema': true
}

/**
 * A schema written as JSON Schema 2020-12, for what Zod cannot say. Clients see
 * it as it stands, without a rewrite, and the server validates by it with Ajv.
 * `T` is what the handler gets, or returns; nothing checks that it says the same.
 *
 * A keyword or a format that does not exist is refused by the build, and so are
 * references to other documents.
 */
export function jsonSchema<T = unknown>(schema: JsonSchemaObject): StandardSchema<T> {
  let compiled: ValidateFunction | undefined
  const validator = (): ValidateFunction => {
    compiled ??= compile(schema)
    return compiled
  }
  // Compiled when somebody asks: a build wants the finding at its place, not a module that throws.
  const described = (): JsonSchemaObject => {
    validator()
    return schema
  }
  const raw: RawSchema<T> = {
    'mcp-secure.json-schema': true,
    '~standard': {
      version: 1,
      vendor: 'mcp-secure',
      validate(value) {
        const validate = validator()
        return validate(value) ? { value } : { issues: (validate.errors ?? []).map(issueOf) }
      },
      jsonSchema: { input: described, output: described },
    },
  }
  return raw
}

interface Libraries {
  readonly Ajv2020: typeof import('ajv/dist/2020.js').Ajv2020
  readonly addFormats: (ajv: object) => void
}

/** Only who uses it pays for loading Ajv. */
function load(): Libraries {
  const require = createRequire(import.meta.url)
  const { Ajv2020 } = require('ajv/dist/2020.js') as Pick<Libraries, 'Ajv2020'>
  const { default: addFormats } = require('ajv-formats') as { default: Libraries['addFormats'] }
  return { Ajv2020, addFormats }
}

function compile(schema: JsonSchemaObject): ValidateFunction {
  const { Ajv2020, addFormats } = load()
  // The first error is enough for a model, and all of them is what a hostile value would ask for.
  const loose = { strictTypes: false, strictTuples: false, strictRequired: false }
  const ajv = new Ajv2020({ strict: true, ...loose, allErrors: false, logger: false })
  addFormats(ajv)
  // What Ajv obeys but does not count among the words that it knows, and what MCP adds.
  ajv.addVocabulary(['$anchor', 'x-mcp-header'])
  // A word of OpenAPI that Ajv obeys: clients would read another schema than the server.
  ajv.removeKeyword('nullable')
  const validate = ajv.compile(schema)
  // Another word of Ajv's own: what it returns then is a promise, which is never false.
  if ('$async' in validate && validate.$async === true) throw new TypeError("unknown keyword: '$async'")
  return validate
}

function issueOf({ instancePath, message, params }: ErrorObject): { message: string; path: readonly string[] } {
  const path = instancePath.split('/').slice(1).map(unescapeToken)
  const extra: unknown = params.additionalProperty ?? params.unevaluatedProperty
  return { path: typeof extra === 'string' ? [...path, extra] : path, message: message ?? 'is not valid' }
}

/** RFC 6901, section 4. */
function unescapeToken(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~')
}
