import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request, as it came. */
export interface Asked {
  readonly authorization: string | undefined
  readonly form: URLSearchParams
}

interface Answer {
  readonly status?: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** The token endpoint of an authorization server that exchanges tokens, on real HTTP. */
export interface TokenEndpoint {
  readonly url: string
  /** Its client, at the beginning. */
  readonly client: { readonly id: string; readonly secret: string }
  readonly asked: readonly Asked[]
  /** Every token that it gave. */
  readonly given: readonly string[]
  /** Answers like this instead of by the rules, until called without. */
  answer(instead?: Answer | ((asked: Asked) => Answer)): void
  /** Answers nobody until the returned function is called. */
  hold(): () => void
  stop(): Promise<void>
}

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const BEARER_ASSERTION = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

/**
 * It takes what RFC 8693 section 2.1 says, or what the documentation of the
 * on-behalf-of flow of the Microsoft identity platform does, and refuses anything
 * else: a parameter that is missing, given twice, or that there is none of.
 */
export async function createTokenEndpoint(): Promise<TokenEndpoint> {
  const client = { id: 'notes server:1', secret: `${randomBytes(16).toString('hex')}:%+&` }
  const asked: Asked[] = []
  const given: string[] = []
  let instead: Answer | ((asked: Asked) => Answer) | undefined
  let held: Promise<void> = Promise.resolve()

  const give = (prefix: string): string => {
    const token = `${prefix}${randomBytes(24).toString('base64url')}`
    given.push(token)
    return token
  }
  const isOurClient = ({ authorization, form }: Asked): boolean =>
    authorization === basic(client.id, client.secret) || form.has('client_assertion')

  function byTheRules(request: Asked): Answer {
    const { form } = request
    if (!isOurClient(request)) return { status: 401, body: { error: 'invalid_client' } }
    const names = [...form.keys()]
    if (new Set(names).size !== names.length) return { status: 400, body: { error: 'invalid_request' } }
    const grant = form.get('grant_type')
    const rule = grant === EXCHANGE ? RFC8693 : grant === BEARER_ASSERTION ? ENTRA : undefined
    if (rule === undefined) return { status: 400, body: { error: 'unsupported_grant_type' } }
    const isWrong = names.some((name) => !rule.allowed.includes(name)) || rule.required.some((name) => !form.get(name))
    if (isWrong || !rule.isRight(form)) return { status: 400, body: { error: 'invalid_request' } }
    const common = { access_token: give('exchanged-'), token_type: 'Bearer', expires_in: 3600 }
    return {
      body:
        grant === EXCHANGE
          ? { ...common, issued_token_type: ACCESS_TOKEN }
          : { ...common, scope: form.get('scope'), ext_expires_in: 0 },
    }
  }

  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy())
  })
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const one = { authorization: request.headers.authorization, form: new URLSearchParams(text) }
    asked.push(one)
    await held
    const {
      status = 200,
      body = {},
      headers = {},
    } = typeof instead === 'function' ? instead(one) : (instead ?? byTheRules(one))
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/token`,
    client,
    asked,
    given,
    answer(wanted) {
      instead = wanted
    },
    hold() {
      let release = (): void => {}
      held = new Promise((resolve) => {
        release = resolve
      })
      return release
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const ASSERTION = ['client_id', 'client_assertion', 'client_assertion_type']

interface Rule {
  readonly required: readonly string[]
  readonly allowed: readonly string[]
  isRight(form: URLSearchParams): boolean
}

const RFC8693: Rule = {
  required: ['grant_type', 'subject_token', 'subject_token_type'],
  allowed: [
    ...['grant_type', 'subject_token', 'subject_token_type', 'requested_token_type', 'audience', 'resource', 'scope'],
    ...ASSERTION,
  ],
  isRight: (form) =>
    form.get('subject_token_type') === ACCESS_TOKEN &&
    form.get('requested_token_type') === ACCESS_TOKEN &&
    (form.has('audience') || URL.canParse(form.get('resource') ?? '')),
}

const ENTRA: Rule = {
  required: ['grant_type', 'client_id', 'assertion', 'scope', 'requested_token_use'],
  allowed: ['grant_type', 'assertion', 'scope', 'requested_token_use', ...ASSERTION],
  isRight: (form) =>
    form.get('requested_token_use') === 'on_behalf_of' &&
    // A scope of Entra names the resource that it is one of, and one request is for one resource.
    new Set((form.get('scope') ?? '').split(' ').map((scope) => scope.slice(0, scope.lastIndexOf('/')))).size === 1,
}

function basic(id: string, secret: string): string {
  const form = (value: string): string => new URLSearchParams({ '': value }).toString().slice(1)
  return `Basic ${Buffer.from(`${form(id)}:${form(secret)}`).toString('base64')}`
}

/** The SHA-256 thumbprint of some bytes, as `x5t#S256` has it (RFC 7515 section 4.1.8). */
export function thumbprint(bytes: string): string {
  return createHash('sha256').update(bytes).digest('base64url')
}
