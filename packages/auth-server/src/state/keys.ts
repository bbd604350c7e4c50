import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { readOrCreatePrivateFile } from './private-file.js'

/** What signs and authenticates; made once and kept, because tokens and logins die with it. */
export interface Keys {
  /** Private keys for ID tokens, published without their private parts at `/jwks`. */
  readonly signing: { readonly keys: JWK[] }
  /** Sign the cookies of the login; the first one is used for new cookies. */
  readonly cookies: string[]
}

/** The keys in a directory, made when they are absent; without a directory, keys that nobody keeps. */
export async function loadKeys(directory: string | undefined): Promise<Keys> {
  const [signing, cookies] = await Promise.all([
    readJson(directory, 'signing-keys.json', makeSigningKeys),
    readJson(directory, 'cookie-keys.json', makeCookieKeys),
  ])
  return { signing, cookies }
}

/** The secret of the resource server: URL-safe, so that encoded and raw Basic credentials are the same bytes. */
export async function loadSecret(file: string | undefined): Promise<string> {
  const make = async (): Promise<string> => randomBytes(32).toString('base64url')
  return file === undefined ? make() : (await readOrCreatePrivateFile(file, make)).trim()
}

async function readJson<Value>(
  directory: string | undefined,
  name: string,
  make: () => Promise<Value>,
): Promise<Value> {
  if (directory === undefined) return make()
  const file = join(directory, name)
  const text = await readOrCreatePrivateFile(file, async () => `${JSON.stringify(await make(), null, 2)}\n`)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`${file} is damaged. Delete it to have it made again; everybody then logs in once more.`, { cause })
  }
}

async function makeSigningKeys(): Promise<{ keys: JWK[] }> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true, modulusLength: 2048 })
  const jwk = await exportJWK(privateKey)
  return { keys: [{ ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'RS256', use: 'sig' }] }
}

async function makeCookieKeys(): Promise<string[]> {
  return [randomBytes(32).toString('base64url')]
}
