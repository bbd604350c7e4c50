import { expect, test } from 'vitest'
import { usableEndpoint } from '../src/token/usable-endpoint.js'

const ISSUER = 'https://auth.example.com'

test.each([
  ['https on another host', 'https://keys.example.net/jwks'],
  ['https on the host itself', 'https://auth.example.com:8443/jwks'],
])('%s may be asked', (_, endpoint) => {
  expect(usableEndpoint(ISSUER, endpoint)).toBe(endpoint)
})

test.each([
  ['PR-21: http', 'http://auth.example.com/jwks'],
  ['a file', 'file:///etc/passwd'],
  ['data', 'data:application/json,{}'],
  ['a path', '/jwks'],
  ['nothing', undefined],
  ['a list', ['https://auth.example.com/jwks']],
  ['somebody', 'https://ada:secret@auth.example.com/jwks'],
  ['this machine by name', 'https://localhost/jwks'],
  ['this machine by address', 'https://127.0.0.1:6443/jwks'],
  ['this machine by a short address', 'https://127.1/jwks'],
  ['this machine by a number', 'https://2130706433/jwks'],
  ['this machine by its other address', 'https://[::1]/jwks'],
  ["a cloud's metadata", 'https://169.254.169.254/latest/meta-data'],
  ["a cloud's metadata as a mapped address", 'https://[::ffff:169.254.169.254]/'],
  ['a link-local address', 'https://[fe80::1]/jwks'],
  ['no address at all', 'https://0.0.0.0/jwks'],
  ['this machine as a mapped address', 'https://[::ffff:127.0.0.1]/jwks'],
  ['this machine by its name with a dot', 'https://localhost./jwks'],
  ['this machine by a name below its own', 'https://keys.localhost/jwks'],
])('%s may not', (_, endpoint) => {
  expect(usableEndpoint(ISSUER, endpoint)).toBeUndefined()
})

test.each([
  ['the same machine', 'http://127.0.0.1:4000/jwks', 'http://127.0.0.1:4000/jwks'],
  ['another name of it', 'http://localhost:4001/jwks', 'http://localhost:4001/jwks'],
  ['https elsewhere', 'https://keys.example.net/jwks', 'https://keys.example.net/jwks'],
  ['http elsewhere', 'http://keys.example.net/jwks', undefined],
])('in development, an issuer on this machine names %s', (_, endpoint, usable) => {
  expect(usableEndpoint('http://127.0.0.1:4000', endpoint)).toBe(usable)
})

test('in development, an issuer on another machine names itself, and not this one', () => {
  expect(usableEndpoint('http://hydra:4444', 'http://hydra:4445/jwks')).toBe('http://hydra:4445/jwks')
  expect(usableEndpoint('http://hydra:4444', 'http://localhost:4445/jwks')).toBeUndefined()
})
