import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { RESOURCE } from './definition.js'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** An issuer that answers as a test says, with keys that the test holds. */
export interface OddIssuer {
  readonly issuer: string
  /** How to answer, by path; what is not listed is 404. */
  readonly answers: Record<string, Answer>
  /** The paths that were asked for, in order. */
  readonly asked: string[]
  /** The public keys, named `k0`, `k1`. */
  readonly keys: readonly JWK[]
  /** A good token, signed with one of the keys, that names it or not. */
  issue(key: number, kid?: string, claims?: Readonly<Record<string, unknown>>): Promise<string>
  /** Closes the port and every connection. */
  stop(): Promise<void>
  /** Listens on the same port again. */
  restart(): Promise<void>
}

export const json =
  (body: unknown, status = 200): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

export async function createOddIssuer(): Promise<OddIssuer> {
  const pairs = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')])
  const keys = await Promise.all(
    pairs.map(async ({ publicKey }, index) => ({ ...(await exportJWK(publicKey)), kid: `k${index}`, alg: 'ES256' })),
  )
  const answers: Record<string, Answer> = {}
  const asked: string[] = []
  const listener: Answer = (request, response) => {
    asked.push(request.url ?? '')
    const answer = answers[request.url ?? ''] ?? json({}, 404)
    answer(request, response)
  }
  let server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  answers['/.well-known/oauth-authorization-server'] = json({ issuer, jwks_uri: `${issuer}/jwks` })
  answers['/jwks'] = json({ keys })
  return {
    issuer,
    answers,
    asked,
    keys,
    issue(key, kid, claims) {
      const pair = pairs[key]
      if (!pair) throw new RangeError('There are two keys.')
      const now = Math.floor(Date.now() / 1000)
      const good = { iss: issuer, aud: RESOURCE, sub: 'ada', client_id: 'client', scope: '', iat: now, exp: now + 300 }
      return new SignJWT({ ...good, ...claims })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...(kid === undefined ? {} : { kid }) })
        .sign(pair.privateKey)
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
    async restart() {
      server = createServer(listener)
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    },
  }
}
