import { describe, expect, test } from 'vitest'
import { pathForLog } from '../src/server/path-for-log.js'

describe('where a request went, for the log', () => {
  test.each([
    ['/', '/'],
    ['', ''],
    ['/mcp/', '/mcp/'],
    ['//mcp', '//mcp'],
    ['/.well-known/oauth-protected-resource/mcp', '/.well-known/oauth-protected-resource/mcp'],
    ['/.well-known/oauth-authorization-server', '/.well-known/oauth-authorization-server'],
    ['/api/v2/2025-11-25/favicon.ico', '/api/v2/2025-11-25/favicon.ico'],
    ['https://ada:secret@notes.example.com/sse', '/sse'],
    ['https://notes.example.com', ''],
  ])('%s is %s', (url, shown) => {
    expect(pathForLog({ url })).toBe(shown)
    expect(pathForLog({ url, is404: true, routeOptions: { url: '/mcp' } })).toBe(shown)
  })

  test.each([
    ['/a?code=x', '/a'],
    ['/a%3Fcode=x', '/a'],
    ['/a%3fcode=x', '/a'],
    ['/a;s=x', '/a'],
    ['/a%3Bs=x', '/a'],
    ['/a#x', '/a'],
    ['/a%23x', '/a'],
    ['?x', ''],
  ])('%s ends where the query begins', (url, shown) => {
    expect(pathForLog({ url })).toBe(shown)
  })

  test.each([
    ['a word that is longer than any known', 'a'.repeat(27)],
    ['letters and digits that are no short name', 'a1'.repeat(7)],
    ['a pair', 'code=x'],
    ['a user', 'ada@example.com'],
    ['what is encoded', '%1b%5b2J'],
    ['a control character', '\u009b2J'],
    ['a letter of another alphabet', 'ё'],
    ['a space', 'a b'],
    ['a line', 'a\nb'],
    ['a quote', '"'],
  ])('%s is masked', (_, segment) => {
    expect(pathForLog({ url: `/mcp/${segment}/x` })).toBe('/mcp/(masked)/x')
  })

  test('what is long is cut', () => {
    expect(pathForLog({ url: '/word'.repeat(1_000) })).toBe(`${'/word'.repeat(24)}(cut)`)
  })

  test('of a route its pattern is told, and only of a route', () => {
    expect(pathForLog({ url: '/notes/7?x', is404: false, routeOptions: { url: '/notes/:id' } })).toBe('/notes/:id')
    expect(pathForLog({ url: '/notes/7?x', routeOptions: { url: '/notes/:id' } })).toBe('/notes/7')
    expect(pathForLog({ url: '/notes/7?x', is404: false, routeOptions: {} })).toBe('/notes/7')
  })
})
