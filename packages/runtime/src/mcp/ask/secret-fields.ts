import { isRecord } from '../is-record.js'

/** What a person would enter there is for this server alone, or for nobody. */
const SECRET =
  /pass(?:word|phrase|code)|secret|token|credential|api[-_]?key|private[-_]?key|card[-_]?number|security[-_]?code|^(?:pin|cvc|cvv|iban)$/i

/**
 * A form passes through the client, and through the model's conversation: no
 * password, key, token or payment data is asked for in one. A page of the
 * server's own takes such things (MCP, elicitation, security considerations).
 *
 * @throws {TypeError} that names the field
 */
export function refuseSecretFields(requestedSchema: unknown): void {
  const properties = isRecord(requestedSchema) && isRecord(requestedSchema.properties) ? requestedSchema.properties : {}
  for (const [name, field] of Object.entries(properties)) {
    if (!isRecord(field) || field.type !== 'string' || isChoice(field)) continue
    if (!SECRET.test(name) && field.format !== 'password') continue
    throw new TypeError(`form() asks for "${name}", and what is entered there passes through the client: use visit().`)
  }
}

/** What is picked from a list is known before. */
function isChoice(field: Readonly<Record<string, unknown>>): boolean {
  return Array.isArray(field.enum) || Array.isArray(field.oneOf)
}
