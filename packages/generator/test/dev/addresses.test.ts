import { expect, it } from 'vitest'
import { addressKey } from '../../dist/dev/addresses.js'
import { env, oidc, sketch } from '../support/model.js'

const EMBEDDED = { kind: 'embedded', issuer: null } as const

it.each([
  ['the embedded one of several', [oidc(env('STAFF')), EMBEDDED], 'embedded', 'MCP_AUTH_ISSUER'],
  ['the first one, where none is embedded', [oidc(env('STAFF')), oidc(env('PARTNERS'))], 'oidc', 'STAFF'],
] as const)('the address that may have to move is that of %s', (_, auth, kind, name) => {
  const key = addressKey({ model: sketch({ auth }), environment: {}, port: null })
  expect(JSON.parse(key)).toMatchObject([kind, {}, null, { name }, null])
})
