import { expect, it } from 'vitest'
import { compareLocks } from '../../dist/lock/compare-locks.js'
import { lockOf } from '../../dist/lock/lock-of.js'
import { type Sketch, sketch } from '../support/model.js'

const input = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] }
const scopes = { a: { baseline: true }, b: { implies: ['a'] }, c: {} }
const HINT = "looser, if it is 'delete_note' renamed: that was for b"

/** What is said of the tools that are new. */
function told(before: Sketch, after: Sketch): readonly (string | null)[] {
  const changes = compareLocks(lockOf(sketch({ scopes, ...before })), lockOf(sketch({ scopes, ...after })))
  return changes.filter(({ effect }) => effect === 'new').map(({ after: now }) => now)
}

it.each([
  ['less is needed', { remove_note: { needs: ['a'], input } }, `a (${HINT})`],
  ['every caller may', { remove_note: { needs: 'authenticated', input } }, `every caller with a token (${HINT})`],
  ['it is another scope', { remove_note: { needs: ['c'], input } }, `c (${HINT})`],
  ['the same is needed', { remove_note: { needs: ['b'], input } }, 'b'],
  [
    'more is needed',
    { remove_note: { needs: ['a', 'b'], input, authorize: true } },
    'a and b; if its own rule about the object allows it',
  ],
  ['it takes something else', { remove_note: { needs: ['a'] } }, 'a'],
  ['the old one is there, too', { delete_note: { needs: ['b'], input }, remove_note: { needs: ['a'], input } }, 'a'],
] as const)('a tool with another name: %s', (_, tools, words) => {
  expect(told({ tools: { delete_note: { needs: ['b'], input } } }, { tools })).toEqual([words])
})

it('a condition that is gone is looser, too', () => {
  const tools = { delete_note: { needs: ['b'], input, onlyFor: { clientIds: ['desk'] } } } as const
  expect(told({ tools }, { tools: { remove_note: { needs: ['b'], input } } })).toEqual([
    "b (looser, if it is 'delete_note' renamed: that was for b; only for the client desk)",
  ])
})

it('a prompt with another name', () => {
  expect(told({ prompts: { ask: ['b'] } }, { prompts: { wonder: ['a'] } })).toEqual([
    "a (looser, if it is 'ask' renamed: that was for b)",
  ])
})

it('what is new is told with what its handler does besides answering, and that it can be subscribed to', () => {
  expect(told({}, { tools: { order: { needs: ['a'], uses: ['sampling', 'elicitation'] } } })).toEqual([
    'a; uses elicitation, sampling',
  ])
  expect(told({}, { resources: { 'x://told': { needs: ['a'], subscribe: 'all' } } })).toEqual([
    'a; can be subscribed to',
  ])
})
