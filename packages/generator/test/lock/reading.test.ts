import { expect, it } from 'vitest'
import { lockOf } from '../../dist/lock/lock-of.js'
import { printLock } from '../../dist/lock/print-lock.js'
import { readLock } from '../../dist/lock/read-lock.js'
import { env, type Sketch, sketch } from '../support/model.js'

const SKETCH: Sketch = {
  limits: { perSubject: 60, perClient: 600 },
  scopes: { a: { baseline: true }, b: { implies: ['a'] } },
  tools: {
    any: 'authenticated',
    argues: {
      needs: ['b'],
      argumentScopes: ['c'],
      freshLogin: 60,
      limits: { perMinute: 5 },
      uses: ['roots', 'progress'],
    },
    some: { needs: 'authenticated', onlyFor: { clientIds: ['y', 'x'], tenants: ['t'], issuers: [env('ISSUER')] } },
    reads: { needs: ['a'], annotations: { readOnlyHint: true } },
    writes: { needs: ['b'], input: { type: 'object', properties: { __proto__x: true, toString: { type: 'string' } } } },
  },
  resources: {
    'x://note/{id}': {
      needs: ['a'],
      downstream: { files: ['f:read'] },
      authorize: true,
      whenDenied: 'hide',
      subscribe: 'by-rule',
    },
  },
  prompts: {
    ask: ['b'],
    hail: { needs: 'public', uses: ['elicitation'] },
    sign: { needs: { anyOf: [['b'], ['a', 'c']] }, acr: ['gold'] },
  },
}
const TEXT = printLock(lockOf(sketch(SKETCH)))

it('comes back from its text as it was', async () => {
  expect(await readLock(TEXT)).toEqual({ lock: lockOf(sketch(SKETCH)) })
})

it('is the same text whatever the order of the source', () => {
  const turned = Object.fromEntries(
    Object.entries(SKETCH).map(([part, of]) => [part, Object.fromEntries(Object.entries(of).reverse())]),
  )
  expect(printLock(lockOf(sketch(turned)))).toBe(TEXT)
})

it('holds only LF, ends with one, and shows what would hide', () => {
  const hidden = printLock(lockOf(sketch({ ...SKETCH, resources: { 'x://\u202ea\u200b\u0085\ud800': 'public' } })))
  expect(TEXT).toMatch(/[^\n]\n$/)
  for (const text of [TEXT, hidden]) expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
  expect(Object.keys(JSON.parse(hidden).resources)).toEqual(['x://\u202ea\u200b\u0085\ud800'])
})

it('holds no secret and no name of one', () => {
  const introspection = {
    clientId: { value: { kind: 'literal', value: 'the-client' }, place: { file: 'x', line: 1, column: 1, length: 1 } },
    proof: 'clientSecret',
    secret: {
      value: { kind: 'env', name: 'THE_SECRET', development: null },
      place: { file: 'x', line: 1, column: 1, length: 1 },
    },
    keyId: null,
    endpoint: null,
    cacheSeconds: null,
  } as const
  const auth = sketch(SKETCH).server?.auth
  const [first] = typeof auth === 'object' ? auth.value : []
  const value = first?.value.kind === 'oidc' ? first.value : expect.fail()
  const text = printLock(lockOf(sketch({ ...SKETCH, auth: { ...value, tokens: 'opaque', introspection } })))
  expect(text).toContain('"form": "opaque"')
  expect(text).not.toMatch(/the-client|THE_SECRET/)
})

const SETS = /\[\s*\["a", "c"\],\s*\["b"\]\s*\]/

/** Replaces something that has to be there. */
const but = (from: string | RegExp, to: string) => {
  const text = TEXT.replace(from, to)
  if (text === TEXT) throw new Error(`the lock has no ${String(from)}`)
  return text
}

it.each([
  ['empty', '', '1:1', 'is not JSON'],
  ['something else', '{ "name": "x" }\n', '1:11', 'is no lock: it holds "name"'],
  ['a list', '[]\n', '1:1', 'is no lock: it is not an object'],
  ['null', 'null', '1:1', 'is no lock: it is not an object'],
  ['cut off', TEXT.slice(0, 30), '3:', 'is not JSON'],
  ['with a comment', but('{\n', '{\n  // all is well\n'), '2:3', 'is not JSON'],
  ['with a comma too many', but('"baseline": true,', '"baseline": true,,'), '', 'is not JSON'],
  ['in conflict', but('  "tools"', '=======\n  "tools"'), '', 'holds a merge conflict'],
  ['in conflict at its end', `${TEXT}>>>>>>> theirs\n`, '', 'holds a merge conflict'],
  [
    'of a newer version',
    but('"version": 1', '"version": 2'),
    '2:14',
    'has version 2, and this mcp-gen knows no newer one',
  ],
  ['newer in everything', '{ "version": 99, "grants": [] }', '1:14', 'has version 99, and'],
  ['of no version', but('"version": 1', '"version": "1"'), '2:14', 'is no lock: version is not 1'],
  ['of an older version', but('"version": 1', '"version": 0'), '2:14', 'is no lock: version is not 1'],
  ['without a part', but('  "prompts": {\n', '  "prompt": {\n'), '', 'is no lock: it holds "prompt"'],
  ['with an item that does not say who', but('      "access": "authenticated",\n', ''), '', 'tools › any'],
  ['with an item that needs no scope', but('"scopes": ["a"]', '"scopes": []'), '', 'at least one scope'],
  [
    'with scopes beside none',
    but('"access": "authenticated"', '"access": "authenticated",\n      "scopes": ["a"]'),
    '',
    'it holds "scopes"',
  ],
  [
    'with access that there is not',
    but('"access": "authenticated"', '"access": "everybody"'),
    '',
    'tools › any › access is not',
  ],
  ['with a set that needs no scope', but(SETS, '[["a", "c"], []]'), '', 'at least one scope'],
  ['with no set', but(SETS, '[]'), '', 'at least two sets'],
  ['with a single set', but(SETS, '[["b"]]'), '', 'at least two sets'],
  ['with a list where sets are', but(SETS, '["a", "b"]'), '', 'anyOf › 0 is not a list'],
  ['with scopes beside sets', but('"anyOf": [', '"scopes": ["a"], "anyOf": ['), '', 'it holds "scopes"'],
  [
    'with a login of no age',
    but('"maxAgeSeconds": 60', '"maxAgeSeconds": 0'),
    '',
    'maxAgeSeconds is not a whole number',
  ],
  ['with an age that is no number', but('"maxAgeSeconds": 60', '"maxAgeSeconds": "60"'), '', 'maxAgeSeconds is not'],
  ['with an age too few', but('"maxAgeSeconds": 60', ''), '', 'freshLogin › maxAgeSeconds is missing'],
  ['with no level of login', but('"acr": ["gold"]', '"acr": []'), '', 'at least one level'],
  ['with no scope for arguments', but('"argumentScopes": ["c"]', '"argumentScopes": []'), '', 'at least one scope'],
  ['with a rule that is none', but('"authorize": true', '"authorize": false'), '', 'authorize is not true'],
  ['with the default said', but('"whenDenied": "hide"', '"whenDenied": "challenge"'), '', 'whenDenied is not "hide"'],
  ['with arguments of a prompt', but('"acr": ["gold"]', '"argumentScopes": ["c"]'), '', 'it holds "argumentScopes"'],
  ['with no client that it is for', but('"clientIds": ["x", "y"]', '"clientIds": []'), '', 'at least one client'],
  ['with somebody else that it is for', but('"tenants": ["t"]', '"people": ["t"]'), '', 'it holds "people"'],
  [
    'for some of what is public',
    but('"access": "public"', '"access": "public", "onlyFor": { "clientIds": ["x"] }'),
    '',
    'it holds "onlyFor"',
  ],
  ['with a limit that there is not', but('"perSubject": 60', '"perPerson": 60'), '', 'it holds "perPerson"'],
  [
    'with a limit of nothing',
    but('"perSubject": 60', '"perSubject": 0'),
    '',
    'limits › perSubject is not a whole number',
  ],
  [
    'with a limit of a tool that is no number',
    but('"perMinute": 5', '"perMinute": "5"'),
    '',
    'limits › perMinute is not',
  ],
  ['with no use', but('["elicitation"]', '[]'), '', 'at least one use'],
  ['with subscribers that there are not', but('"by-rule"', '"everybody"'), '', 'subscribe is not'],
  [
    'with subscribers of a tool',
    but('"uses": ["progress", "roots"]', '"subscribe": "all"'),
    '',
    'it holds "subscribe"',
  ],
  [
    'with something hidden that every caller may use',
    but('"access": "authenticated"', '"access": "authenticated",\n      "whenDenied": "hide"'),
    '',
    'it holds "whenDenied"',
  ],
  [
    'with a login for what is public',
    but('"access": "public"', '"access": "public", "acr": ["gold"]'),
    '',
    'it holds "acr"',
  ],
  ['with a service without scopes', but('"scopes": ["f:read"]', '"scopes": []'), '', 'at least one scope'],
  ['with no service', but(/"downstream": \[[^\]]*\]\s*\}\s*\]/, '"downstream": []'), '', 'at least one service'],
  [
    'with a service of two names',
    but('"audience": "files"', '"audience": "files", "resource": "x"'),
    '',
    'it holds "resource"',
  ],
  ['with a service without a name', but('"audience": "files", ', ''), '', 'resource is missing'],
  [
    'with a service that is called in the name of nobody',
    but('"access": "public"', '"access": "public", "downstream": [{ "audience": "a", "scopes": ["b"] }]'),
    '',
    'it holds "downstream"',
  ],
  ['with a hint that is no boolean', but('"readOnly": true', '"readOnly": "yes"'), '', 'readOnly is not true or false'],
  ['with a hint too few', but('"idempotent": false, ', ''), '', 'hints › idempotent is missing'],
  ['with a scope that is no text', but('"implies": ["a"]', '"implies": [1]'), '', 'implies › 0 is not a text'],
  ['with a name twice', but('  "tools": {', '  "tools": {},\n  "tools": {'), '', 'names "tools" twice'],
  [
    'with a name twice, deep inside',
    but('"baseline": true', '"baseline": false, "baseline": true'),
    '',
    'names "baseline" twice',
  ],
  [
    'with an audience that is no setting',
    but(/"audience": .*/, '"audience": {},'),
    '3:15',
    'audience › env is missing',
  ],
])('is refused with its place if it is %s', async (_what, text, place, problem) => {
  const read = await readLock(text)
  if (read.lock !== null) return expect.fail('it was read')
  expect(read.problem).toContain(problem)
  const { file, line, column } = read.place
  expect(`${file}:${line}:${column}`.startsWith(`access.lock.json:${place}`)).toBe(true)
  expect(text.split('\n')[line - 1]).toBeDefined()
})

it.each(['"__proto__": {}', '"constructor": {}'])('takes %s for nothing but a name', async (entry) => {
  const read = await readLock(but('  "tools": {\n', `  "tools": {\n    ${entry},\n`))
  expect(read).toMatchObject({ lock: null, problem: expect.stringContaining('is no lock: tools') })
  expect(Object.hasOwn(Object.prototype, 'access')).toBe(false)
})
