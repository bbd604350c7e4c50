import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { TokenVerifier } from '../src/token/token-verifier.js'
import { RESOURCE } from './support/definition.js'
import { MemoryStore, type Process, processOf } from './support/memory-state.js'
import { createOddIssuer, json, type OddIssuer } from './support/odd-issuer.js'
import { TestSurroundings } from './support/surroundings.js'
import { outcomeOf, verifierOf } from './support/verifying.js'

const TOKEN = 'opaque-token-1'

let odd: OddIssuer
let surroundings: TestSurroundings
let store: MemoryStore
let answer: Record<string, unknown>
/** How the issuer answers the next questions, one each; afterwards it says what `answer` says. */
let held: ((respond: (body: object) => void) => void)[]
beforeEach(async () => {
  odd = await createOddIssuer()
  surroundings = new TestSurroundings()
  store = new MemoryStore(surroundings)
  answer = { active: true, sub: 'ada-the-subject', client_id: 'desk', aud: RESOURCE }
  held = []
  odd.answers['/.well-known/oauth-authorization-server'] = json({
    issuer: odd.issuer,
    introspection_endpoint: `${odd.issuer}/introspect`,
  })
  odd.answers['/introspect'] = (request, response) => {
    request.resume()
    const respond = (body: object): void => json(body)(request, response)
    const hold = held.shift()
    if (hold === undefined) respond(answer)
    else hold(respond)
  }
})
afterEach(() => odd.stop())

interface One extends Process {
  readonly verifier: TokenVerifier
}

function one(key?: Uint8Array, cacheSeconds = 30): One {
  const process = processOf(store, key)
  const introspection = { clientId: 'notes', clientSecret: { env: 'SECRET' }, cacheSeconds }
  const { verifier } = verifierOf(
    [{ issuer: odd.issuer, tokens: { form: 'opaque', introspection } }],
    { SECRET: 'hunter2' },
    { surroundings, sealed: process },
  )
  return { ...process, verifier }
}

const questions = (): number => odd.asked.filter((path) => path === '/introspect').length
const revoke = (): void => {
  answer = { active: false }
}

describe('an answer about a token', () => {
  test('that one process got is believed by the others, who do not ask', async () => {
    const [a, b] = [one(), one()]
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('accepted')
    expect(await outcomeOf(b.verifier, TOKEN)).toBe('accepted')
    expect(questions()).toBe(1)
  })

  test('is believed for as long as the policy says since the issuer was asked, whoever reads it', async () => {
    const [a, b] = [one(), one()]
    await outcomeOf(a.verifier, TOKEN)
    revoke()
    surroundings.pass(29_999)
    expect(await outcomeOf(b.verifier, TOKEN)).toBe('accepted')
    surroundings.pass(1)
    expect(await outcomeOf(b.verifier, TOKEN)).toBe('inactive')
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('inactive')
  })

  test('is never believed past exp, and its time goes by the reader’s own settings', async () => {
    answer = { ...answer, exp: Math.floor(surroundings.time / 1000) + 10 }
    const [a, b, strict] = [one(), one(), one(undefined, 5)]
    await outcomeOf(a.verifier, TOKEN)
    revoke()
    surroundings.pass(5_000)
    expect(await outcomeOf(b.verifier, TOKEN)).toBe('accepted')
    expect(await outcomeOf(strict.verifier, TOKEN)).toBe('inactive')
    answer = {
      active: true,
      sub: 'ada',
      client_id: 'desk',
      aud: RESOURCE,
      exp: Math.floor(surroundings.time / 1000) + 3,
    }
    surroundings.pass(15_000)
    expect(await outcomeOf(b.verifier, TOKEN)).toBe('expired')
  })

  test('is judged by every process for itself: one that is for another resource is refused by all', async () => {
    answer = { ...answer, aud: 'https://elsewhere.example/mcp' }
    const [a, b] = [one(), one()]
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('audience-foreign')
    expect(await outcomeOf(b.verifier, TOKEN)).toBe('audience-foreign')
  })

  test('of no use to the policy is shared with nobody', async () => {
    const [a, b] = [one(undefined, 0), one(undefined, 0)]
    await outcomeOf(a.verifier, TOKEN)
    expect(await outcomeOf(b.verifier, TOKEN)).toBe('accepted')
    expect([questions(), store.entries.size]).toEqual([2, 0])
  })

  test('is kept under a name, and in a form, that tell nothing to whoever reads the store', async () => {
    const a = one()
    await outcomeOf(a.verifier, TOKEN)
    await outcomeOf(one(new Uint8Array(32)).verifier, TOKEN)
    const kept = JSON.stringify([...store.entries])
    const hash = createHash('sha256').update(TOKEN)
    for (const said of [TOKEN, 'ada', 'desk', RESOURCE, 'active', hash.copy().digest('hex')]) {
      expect(kept).not.toContain(said)
    }
    for (const form of ['base64', 'base64url'] as const)
      expect(kept).not.toContain(hash.copy().digest(form).slice(0, 30))
    // Without the secret not even the name can be made of the token.
    expect(new Set([...store.entries.keys()]).size).toBe(2)
  })
})

describe('a revocation that one process saw', () => {
  test('is seen by the others at once, although they have believed the token a moment before', async () => {
    const [a, b] = [one(), one()]
    for (const { verifier } of [a, b, a, b]) expect(await outcomeOf(verifier, TOKEN)).toBe('accepted')
    revoke()
    store.entries.clear()
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('inactive')
    expect(await outcomeOf(b.verifier, TOKEN)).toBe('inactive')
  })

  test('is not undone by an answer that was under way: that one is asked for again', async () => {
    const [a, b] = [one(), one()]
    const late = new Promise<() => void>((resolve) => {
      held.push((respond) =>
        resolve(() => respond({ ...answer, active: true, sub: 'ada', client_id: 'd', aud: RESOURCE })),
      )
    })
    const asked = outcomeOf(b.verifier, TOKEN)
    const respond = await late
    revoke()
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('inactive')
    respond()
    expect(await asked).toBe('inactive')
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('inactive')
  })

  test('is not undone by an answer that took too long to be compared', async () => {
    const b = one()
    const late = new Promise<() => void>((resolve) => {
      held.push((respond) => resolve(() => respond({ active: true, sub: 'ada', client_id: 'd', aud: RESOURCE })))
    })
    const asked = outcomeOf(b.verifier, TOKEN)
    const respond = await late
    revoke()
    surroundings.pass(15_000)
    respond()
    expect(await asked).toBe('inactive')
  })

  test('does not outlast what the issuer says: a token that is active after all is accepted at once', async () => {
    const [a, b] = [one(), one()]
    const active = answer
    revoke()
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('inactive')
    answer = active
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('accepted')
    expect(await outcomeOf(b.verifier, TOKEN)).toBe('accepted')
    const before = questions()
    surroundings.pass(15_000)
    for (const { verifier } of [a, b, a]) expect(await outcomeOf(verifier, TOKEN)).toBe('accepted')
    // From then on it is remembered again.
    expect(questions() - before).toBe(1)
  })
})

describe('whoever can write to the store', () => {
  const CLAIMS = { active: true, sub: 'mallory', client_id: 'desk', aud: RESOURCE, scope: 'notes:write' }

  test.each([
    ['plain text', () => JSON.stringify({ claims: CLAIMS, asked: surroundings.now() })],
    ['nothing', () => ''],
    [
      'something sealed with another secret',
      () =>
        processOf(store, new Uint8Array(32))
          .places.of('answer', odd.issuer, TOKEN)
          .seal(JSON.stringify({ claims: CLAIMS, asked: surroundings.now() })),
    ],
    [
      'what was sealed for another place',
      () =>
        processOf(store)
          .places.of('pause', odd.issuer)
          .seal(JSON.stringify({ claims: CLAIMS, asked: surroundings.now() })),
    ],
  ])('cannot make a token active by %s', async (_, forged) => {
    const a = one()
    await outcomeOf(a.verifier, TOKEN)
    const { name } = store.only('answer')
    store.write(name, forged())
    revoke()
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('inactive')
    expect(a.warnings).toEqual([expect.stringContaining('was not written by a process of this server')])
  })

  test('cannot change an answer, not by one character', async () => {
    const a = one()
    await outcomeOf(a.verifier, TOKEN)
    const { name, value } = store.only('answer')
    revoke()
    for (const at of [0, 20, 40, value.length - 1]) {
      const other = value[at] === 'A' ? 'B' : 'A'
      store.write(name, `${value.slice(0, at)}${other}${value.slice(at + 1)}`)
      expect(await outcomeOf(a.verifier, TOKEN)).toBe('inactive')
    }
  })

  test('cannot give the answer about one token to another, nor about one issuer’s to another’s', async () => {
    const a = one()
    await outcomeOf(a.verifier, TOKEN)
    const { name: ofFirst, value } = store.only('answer')
    revoke()
    await outcomeOf(a.verifier, 'opaque-token-2')
    const [ofSecond = ''] = [...store.entries.keys()].filter((name) => name !== ofFirst)
    expect(ofSecond).toMatch(/^answer:/)
    store.write(ofSecond, value)
    expect(await outcomeOf(a.verifier, 'opaque-token-2')).toBe('inactive')
    const { places } = processOf(store)
    expect(places.of('answer', 'https://other.example', TOKEN).name).not.toBe(ofFirst)
    // Parts of a name are told apart.
    expect(places.of('answer', 'a', 'bc').name).not.toBe(places.of('answer', 'ab', 'c').name)
  })

  test('can put an answer back, and gains no more than its time since the issuer gave it', async () => {
    const a = one()
    await outcomeOf(a.verifier, TOKEN)
    const { name, value } = store.only('answer')
    revoke()
    surroundings.pass(30_000)
    store.write(name, value)
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('inactive')
  })

  test('cannot make an answer last by a clock that is ahead', async () => {
    const [a, b] = [one(), one()]
    surroundings.pass(60_000)
    await outcomeOf(a.verifier, TOKEN)
    const { name, value } = store.only('answer')
    surroundings.pass(-54_999)
    expect(await outcomeOf(b.verifier, TOKEN)).toBe('accepted')
    expect(questions()).toBe(2)
    store.write(name, value)
    revoke()
    expect(await outcomeOf(b.verifier, TOKEN)).toBe('inactive')
  })
})

describe('while the store is away', () => {
  test('each process asks, and remembers for itself', async () => {
    const [a, b] = [one(), one()]
    a.state.available = false
    b.state.available = false
    for (const { verifier } of [a, b, a, b]) expect(await outcomeOf(verifier, TOKEN)).toBe('accepted')
    expect([questions(), store.entries.size]).toEqual([2, 0])
    revoke()
    surroundings.pass(30_000)
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('inactive')
  })

  test('nothing that was remembered together is believed: it may have been revoked at another', async () => {
    const a = one()
    await outcomeOf(a.verifier, TOKEN)
    revoke()
    a.state.hangs = true
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('inactive')
    expect(a.state.available).toBe(false)
  })

  test('and back, what was remembered alone is forgotten', async () => {
    const [a, b] = [one(), one()]
    a.state.available = false
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('accepted')
    a.state.back()
    revoke()
    expect(await outcomeOf(b.verifier, TOKEN)).toBe('inactive')
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('inactive')
    a.state.available = false
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('inactive')
  })

  test('a revocation that one process sees is told to the others as soon as it is back', async () => {
    const [a, b] = [one(), one()]
    await outcomeOf(b.verifier, TOKEN)
    revoke()
    a.state.hangs = true
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('inactive')
    expect(await outcomeOf(b.verifier, TOKEN)).toBe('accepted')
    a.state.back()
    expect(await outcomeOf(b.verifier, TOKEN)).toBe('inactive')
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('inactive')
  })

  test('what was seen so long ago that nobody believes otherwise is not told', async () => {
    const a = one()
    a.state.available = false
    revoke()
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('inactive')
    surroundings.pass(30_000)
    a.state.back()
    expect(store.entries.size).toBe(0)
  })

  test('and away again before all was told, the rest is told when it is back once more', async () => {
    const [a, b] = [one(), one()]
    await outcomeOf(b.verifier, TOKEN)
    revoke()
    a.state.available = false
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('inactive')
    a.state.back(true)
    await vi.waitFor(() => expect(a.state.available).toBe(false))
    expect(await outcomeOf(b.verifier, TOKEN)).toBe('accepted')
    a.state.back()
    expect(await outcomeOf(b.verifier, TOKEN)).toBe('inactive')
  })

  test('a command that fails half-way refuses and admits nobody by that', async () => {
    const a = one()
    held.push((respond) => {
      a.state.hangs = true
      respond(answer)
    })
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('accepted')
    a.state.back()
    held.push((respond) => {
      a.state.hangs = true
      respond({ active: false })
    })
    expect(await outcomeOf(a.verifier, TOKEN)).toBe('inactive')
  })
})
