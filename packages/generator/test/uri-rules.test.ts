import fc from 'fast-check'
import { expect, it } from 'vitest'
import { UriPattern } from '../../runtime/dist/mcp/uri-pattern.js'
import { uriProblem } from '../dist/check/uri-problem.js'
import { overlap, readUriTemplate } from '../dist/model/uri-template.js'

const piece = fc.constantFrom(
  ...['a', 'b', 'A', '{a}', '{b}', '{+a}', '{+b}', '{a}b', '{__proto__}', '{}', '{a-b}', '{a', '}'],
  ...['', '.', '..', '%2e%2e', '%20', '%', 'ä', ' ', '?q', '#f', "it's", '[1]', ':80', '\u0000'],
)
const scheme = fc.constantFrom('s:', 's', 'S:', 's+x.1-:', '1:', '{a}:', '', 'javascript:')
const uri = fc.tuple(scheme, fc.array(piece, { maxLength: 4 })).map(([start, parts]) => [start, '', ...parts].join('/'))

it('the compiler accepts the URIs that the runtime starts with, and no others', () => {
  fc.assert(
    fc.property(uri, (text) => {
      const accepted = uriProblem(readUriTemplate(text)) === null
      expect([text, accepted]).toEqual([text, UriPattern.parse(text) !== undefined])
    }),
    { numRuns: 3_000 },
  )
})

it('both find the same URIs ambiguous', () => {
  const simple = fc
    .array(fc.constantFrom('a', 'b', '{x}', '{y}', '{+z}', '', '%2e%2e', 'q?r'), { minLength: 1, maxLength: 4 })
    .map((parts) => `s://${parts.join('/')}`)
  fc.assert(
    fc.property(simple, simple, (one, other) => {
      const [first, second] = [UriPattern.parse(one), UriPattern.parse(other)]
      if (first === undefined || second === undefined) return
      const found = overlap(readUriTemplate(one), readUriTemplate(other))
      expect([one, other, found]).toEqual([one, other, first.overlaps(second)])
    }),
    { numRuns: 3_000 },
  )
})

it('and no URI is read by two that neither finds ambiguous', () => {
  const parts = ['a', 'b', '%61', '..', '']
  const patterns = ['a', 'b', '{x}', 'a/b', 'a/{x}', '{x}/b', '{x}/{y}', 'a/{+x}', '{+x}', '{x}/a/{+y}', 'b/{x}/{+y}']
  const parsed = patterns.map((text) => UriPattern.parse(`s://${text}`))
  const uris = parts.flatMap((a) => [a, ...parts.flatMap((b) => [`${a}/${b}`, ...parts.map((c) => `${a}/${b}/${c}`)])])
  let shared = 0
  for (const [index, one] of parsed.entries()) {
    for (const other of parsed.slice(0, index)) {
      for (const text of uris.map((rest) => `s://${rest}`)) {
        if (one?.match(text) === undefined || other?.match(text) === undefined) continue
        shared++
        expect(one.overlaps(other), `${one.text} and ${other.text} read ${text}`).toBe(true)
      }
    }
  }
  expect(shared).toBeGreaterThan(50)
})
