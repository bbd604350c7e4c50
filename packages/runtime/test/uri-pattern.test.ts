import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UriPattern } from '../src/mcp/uri-pattern.js'

function pattern(text: string): UriPattern {
  const parsed = UriPattern.parse(text)
  if (parsed === undefined) throw new Error(`${text} is no pattern`)
  return parsed
}

describe('a pattern', () => {
  it.each([
    '',
    'notes',
    '/notes',
    'Notes://all',
    '{scheme}://all',
    'notes://a b',
    'notes://ä',
    'notes://a#b',
    'notes://a/../b',
    'notes://a/.',
    'notes://a/%2e%2e/b',
    'notes://a%2fb',
    'notes://a%00',
    'notes://%ff',
    'notes://{id',
    'notes://{id}.md',
    'notes://x{id}',
    'notes://{a}{b}',
    'notes://{a},{b}',
    'notes://{id*}',
    'notes://{?q}',
    'notes://{/id}',
    'notes://{id:3}',
    'notes://{}',
    'notes://{a-b}',
    'notes://{id}/{id}',
    'notes://{+path}/b',
    'notes://{id}?q=1',
    'notes://{__proto__}',
    `notes://${'a'.repeat(2_048)}`,
  ])('is not made of %j', (text) => expect(UriPattern.parse(text)).toBeUndefined())

  it('knows its variables, in order', () => {
    expect(pattern('notes://all?sort=new').names).toEqual([])
    expect(pattern('notes://{owner}/x/{+path}').names).toEqual(['owner', 'path'])
  })
})

describe('a URI is read back', () => {
  it.each([
    ['notes://all', 'notes://all', {}],
    ['notes://note/{id}', 'notes://note/7', { id: '7' }],
    ['notes://note/{id}', 'notes://note/caf%C3%A9%20%231', { id: 'café #1' }],
    ['notes://note/{id}', "notes://note/12:30,a;b=c&d@e!(*)'$+", { id: "12:30,a;b=c&d@e!(*)'$+" }],
    ['notes://note/{id}', 'notes://note/%2525', { id: '%25' }],
    ['notes://note/{id}', 'notes://note/%252e%252e%252f', { id: '%2e%2e%2f' }],
    ['notes://note/{id}', 'notes://note/...', { id: '...' }],
    ['notes://{a}/{b}', 'notes://1/2', { a: '1', b: '2' }],
    ['files://{+path}', 'files://a', { path: 'a' }],
    ['files://{+path}', 'files://a/b%20c/d.txt', { path: 'a/b c/d.txt' }],
    ['files://{a}/{+path}', 'files://x/y', { a: 'x', path: 'y' }],
    ['x://{constructor}', 'x://toString', { constructor: 'toString' }],
  ])('by %s: %s', (text, uri, values) => expect({ ...pattern(text).match(uri) }).toEqual(values))

  it.each([
    ['another scheme', 'note://note/7'],
    ['capitals', 'NOTES://note/7'],
    ['capitals in a part', 'notes://NOTE/7'],
    ['an encoded letter in a part', 'notes://%6eote/7'],
    ['nothing in a variable', 'notes://note/'],
    ['a part too few', 'notes://note'],
    ['a part too many', 'notes://note/7/8'],
    ['a slash at its end', 'notes://note/7/'],
    ['a step up', 'notes://note/..'],
    ['a step that stays', 'notes://note/.'],
    ['an encoded step up', 'notes://note/%2e%2e'],
    ['a half encoded step up', 'notes://note/.%2E'],
    ['an encoded slash', 'notes://note/a%2Fb'],
    ['an encoded slash in small letters', 'notes://note/..%2fadmin'],
    ['an encoded backslash', 'notes://note/..%5Cadmin'],
    ['a backslash', 'notes://note/..\\admin'],
    ['an encoded zero', 'notes://note/7%00'],
    ['an encoded line break', 'notes://note/7%0d%0aX: y'],
    ['an encoded C1 character', 'notes://note/7%C2%85'],
    ['an overlong encoding of a slash', 'notes://note/%c0%af'],
    ['half a character', 'notes://note/%ed%a0%80'],
    ['an encoding cut short', 'notes://note/%4'],
    ['no encoding at all', 'notes://note/%zz'],
    ['a query', 'notes://note/7?a=b'],
    ['a fragment', 'notes://note/7#a'],
    ['a space', 'notes://note/7 '],
    ['a raw letter that has to be encoded', 'notes://note/café'],
    ['its own template', 'notes://note/{id}'],
    ['a megabyte', `notes://note/${'a'.repeat(1_000_000)}`],
    ['nothing', ''],
  ])('and not, with %s', (_, uri) => expect(pattern('notes://note/{id}').match(uri)).toBeUndefined())

  it.each([
    'files://',
    'files:///etc',
    'files://a//b',
    'files://a/../b',
    'files://a/%2e%2e/b',
    'files://a/b%2fc',
    'files://a/',
  ])('and not by a rest: %s', (uri) => expect(pattern('files://{+path}').match(uri)).toBeUndefined())
})

describe('a URI is made', () => {
  it.each([
    ['notes://note/{id}', { id: 'café #1/' }, undefined],
    ['notes://note/{id}', { id: '..' }, undefined],
    ['notes://note/{id}', { id: '' }, undefined],
    ['notes://note/{id}', { id: 'a\nb' }, undefined],
    ['notes://note/{id}', { id: '\ud800' }, undefined],
    ['notes://note/{id}', { id: "it's (café)" }, 'notes://note/it%27s%20%28caf%C3%A9%29'],
    ['files://{+path}', { path: 'a/b c' }, 'files://a/b%20c'],
    ['files://{+path}', { path: 'a/../c' }, undefined],
    ['notes://all', {}, 'notes://all'],
  ])('of %s and %j', (text, values, uri) => expect(pattern(text).expand(values as Record<string, string>)).toBe(uri))

  it('only if it reads back as what it was made of', () => {
    const both = pattern('x://{a}/{+b}')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const uri = both.expand({ a, b })
        if (uri !== undefined) expect({ ...both.match(uri) }).toEqual({ a, b })
      }),
    )
  })

  it('and whatever is read holds no way out of its place', () => {
    const rest = pattern('x://{+path}')
    const piece = fc.constantFrom('.', '..', '/', '%2e', '%2E', '%2f', '%5c', '%00', 'a', '\\', '%25', '%', '//')
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const { path } = rest.match(`x://${pieces.join('')}`) ?? {}
        for (const part of path?.split('/') ?? []) expect(part).not.toMatch(/^\.{0,2}$|[\\\p{Cc}]/u)
      }),
    )
  })
})

describe('two patterns share a URI', () => {
  it.each([
    ['a://x', 'a://x', true],
    ['a://x', 'a://y', false],
    ['a://{b}', 'a://x', true],
    ['a://{b}', 'a://x?y', false],
    ['a://{b}', 'a://', false],
    ['a://{b}', 'c://{b}', false],
    ['a://{b}', 'a://{b}/c', false],
    ['a://x/{b}', 'a://{c}/y', true],
    ['a://x/{b}', 'a://y/{b}', false],
    ['a://{+b}', 'a://x/y/z', true],
    ['a://{+b}', 'a://x//z', false],
    ['a://x/{+b}', 'a://x', false],
    ['a://x/{+b}', 'a://{c}/y/{d}', true],
    ['a://x/{+b}', 'a://y/{+b}', false],
  ])('%s and %s: %s', (one, other, answer) => {
    expect(pattern(one).overlaps(pattern(other))).toBe(answer)
    expect(pattern(other).overlaps(pattern(one))).toBe(answer)
  })

  it('if one is found that both read, and then the rule says so', () => {
    const text = fc
      .array(fc.constantFrom('x', 'y', '{a}', '{b}', 'z%20'), { minLength: 1, maxLength: 3 })
      .map((parts) => `s://${parts.join('/')}`)
    const uri = fc
      .array(fc.constantFrom('x', 'y', 'z%20', 'w'), { minLength: 1, maxLength: 3 })
      .map((p) => `s://${p.join('/')}`)
    fc.assert(
      fc.property(text, text, uri, (one, other, sample) => {
        const [first, second] = [UriPattern.parse(one), UriPattern.parse(other)]
        if (first?.match(sample) && second?.match(sample)) expect(first.overlaps(second)).toBe(true)
      }),
    )
  })
})
