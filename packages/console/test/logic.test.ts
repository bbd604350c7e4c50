import { describe, expect, it } from 'vitest'
import { heldWith, markOf } from '../browser/access/matrix.js'
import { offerOf, type Run } from '../browser/call/run.js'
import { announcement, type Entry, filtered, withDecision } from '../browser/live/decisions.js'
import { ownAddress } from '../browser/own-address.js'
import { editorAddress } from '../browser/place.js'
import { parseChallenges } from '../browser/protocol/challenge.js'
import { addressOf, readRoute } from '../browser/route.js'
import type { Decision } from '../src/definition.js'
import { varietyState } from './support/state.js'

const state = varietyState({ resource: 'http://localhost:3000/mcp', issuer: 'http://localhost:4000' })

describe('the access matrix', () => {
  const marks = (name: string) => {
    const item = state.tools.find((tool) => tool.name === name)
    return item && state.scopes.map((scope) => markOf(item, scope).kind)
  }

  it.each([
    ['create_note', ['none', 'needed', 'none']],
    ['list_notes', ['needed', 'includes', 'includes']],
    ['export_everything', ['none', 'needed', 'needed']],
    ['search', ['none', 'none', 'none']],
    ['server_time', ['none', 'none', 'none']],
  ])('%s', (name, expected) => {
    expect(marks(name)).toEqual(expected)
  })

  it('counts what a scope implies as held, and not the other way round', () => {
    expect([...heldWith(['notes:write'], state.scopes)]).toEqual(['notes:write', 'notes:read'])
    expect([...heldWith(['notes:read'], state.scopes)]).toEqual(['notes:read'])
  })
})

describe('what is offered after an answer', () => {
  it('is a login after a 401', () => {
    expect(offerOf(answered(401, 'Bearer resource_metadata="http://m", scope="notes:read"'), [])).toEqual({
      kind: 'log-in',
      scopes: ['notes:read'],
      metadata: 'http://m',
    })
  })

  it('is more scopes after a 403, with what is held already', () => {
    const run = answered(403, 'Bearer error="insufficient_scope", scope="notes:write"')
    expect(offerOf(run, ['notes:export'])).toMatchObject({ kind: 'step-up', scopes: ['notes:export', 'notes:write'] })
  })

  it('stays after a login that did not happen', () => {
    const run = answered(403, 'Bearer error="insufficient_scope", scope="notes:write"')
    const failed: Run['steps'][number] = {
      kind: 'login',
      scopes: [],
      notes: [],
      outcome: { ok: false, text: 'denied' },
    }
    expect(offerOf({ ...run, steps: [...run.steps, failed] }, [])).toMatchObject({ kind: 'step-up' })
    const done: Run['steps'][number] = { ...failed, outcome: { ok: true, text: 'done' } }
    expect(offerOf({ ...run, steps: [...run.steps, done] }, [])).toBeUndefined()
  })

  it.each([
    ['a good answer', answered(200, undefined)],
    ['a 403 that names no scope', answered(403, undefined)],
    ['a run that is not over', { ...answered(401, 'Bearer scope="a"'), running: true }],
    ['a login alone', { ...answered(401, 'Bearer scope="a"'), asked: undefined } as unknown as Run],
  ])('is nothing after %s', (_, run) => {
    expect(offerOf(run, [])).toBeUndefined()
  })
})

describe('decisions', () => {
  const entries = [entry('3', 'failed'), entry('2', 'refused'), entry('1', 'allowed')]

  it('come newest first, each once, and no more than 200', () => {
    const once = withDecision(withDecision([], entry('1', 'allowed')), entry('1', 'allowed'))
    expect(once).toHaveLength(1)
    let many: readonly Entry[] = []
    for (let index = 0; index < 250; index += 1) many = withDecision(many, entry(String(index), 'allowed'))
    expect([many.length, many[0]?.key, many.at(-1)?.key]).toEqual([200, '249', '50'])
  })

  it('are filtered by what became of them', () => {
    expect(filtered(entries, 'refused').map(({ key }) => key)).toEqual(['2'])
    expect(filtered(entries, 'all')).toBe(entries)
  })

  it('are said in one sentence, however many there are', () => {
    expect(announcement([])).toBe('')
    expect(announcement([entry('1', 'refused')])).toBe('tools/call refused')
    expect(announcement(entries)).toBe('3 new decisions: 1 allowed, 1 refused, 1 failed')
  })
})

describe('places', () => {
  it.each([
    ['/home/you/notes', 'mcp/tools/a.ts:6', 'vscode://file/home/you/notes/mcp/tools/a.ts:6'],
    ['/home/you/my notes#1', 'mcp/a.ts:6:12', 'vscode://file/home/you/my%20notes%231/mcp/a.ts:6:12'],
    ['C:\\Users\\you\\notes', 'mcp/a.ts', 'vscode://file/C:/Users/you/notes/mcp/a.ts'],
  ])('%s %s', (directory, place, address) => {
    expect(editorAddress(directory, place)).toBe(address)
  })
})

describe('addresses of the server', () => {
  it.each([
    ['http://localhost:3000/mcp', 'http://127.0.0.1:3000/mcp'],
    ['http://localhost:3000/.well-known/x?y=1', 'http://127.0.0.1:3000/.well-known/x?y=1'],
    ['http://localhost:4000/x', 'http://localhost:4000/x'],
    ['https://localhost:3000/x', 'https://localhost:3000/x'],
  ])('%s', (address, own) => {
    expect(ownAddress(address, 'http://localhost:3000/mcp', 'http://127.0.0.1:3000')).toBe(own)
  })
})

describe('addresses of views', () => {
  it.each(['', '#', '#nothing', '#constructor', '#TOOLS'])('%j is the tools', (hash) => {
    expect(readRoute(hash)).toEqual({ view: 'tools', rest: '' })
  })

  it.each(['tools/delete_note', 'resources/a b#c', ''])('the view of %j is found again', (rest) => {
    expect(readRoute(addressOf('call', rest))).toEqual({ view: 'call', rest })
  })

  it('with half an escape are no failure', () => {
    expect(readRoute('#call/%E0%A4%A')).toEqual({ view: 'call', rest: '%E0%A4%A' })
  })
})

function answered(status: number, header: string | undefined): Run {
  const answer = { status, headers: [], challenges: parseChallenges(header), text: '', messages: [], milliseconds: 1 }
  const request = { url: 'http://localhost:3000/mcp', headers: [], body: {} }
  return {
    id: 1,
    title: 'x',
    as: undefined,
    asked: { what: { kind: 'tools', name: 'x', input: {} }, era: '2026-07-28' },
    steps: [{ kind: 'exchange', exchange: { label: 'tools/call', request, answer } }],
    running: false,
  }
}

function entry(key: string, outcome: Decision['outcome']): Entry {
  const decision = { id: key, at: '2026-01-01T00:00:00.000Z', method: 'tools/call', needed: [], held: [], outcome }
  return { key, decision: { ...decision, reason: 'x', status: 200, milliseconds: 1 } }
}
