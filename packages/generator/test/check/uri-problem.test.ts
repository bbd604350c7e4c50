import { expect, it } from 'vitest'
import { uriProblem } from '../../dist/check/uri-problem.js'
import { readUriTemplate } from '../../dist/model/uri-template.js'

const problemOf = (text: string) => uriProblem(readUriTemplate(text))
const LONGEST = 2048

it('a URI of 2048 characters is one, and one of more is none', () => {
  expect(problemOf('s://'.padEnd(LONGEST, 'a'))).toBeNull()
  expect(problemOf('s://'.padEnd(LONGEST + 1, 'a'))).toBe('is longer than 2048 characters')
})

it.each(['%4', '%', '%g1', '%4g', 'ä', '"', '<', '^', '|'])('%j is no character of a URI', (text) => {
  expect(problemOf(`s://a/${text}`)).toContain('which holds a character that a URI cannot have there')
})

it.each(['.', '..', '%2e', '%2E%2e', 'a%2Fb', 'a%5Cb', '%00', '%0a', '%ff'])('%j could be read in two ways', (text) => {
  expect(problemOf(`s://a/${text}`)).toContain('are read in more than one way')
})

it.each(['a', 'a.b', '...', '%41', '%20', "~!$&'()*+,;=:@", 'a?b=c', '{id}', '{+path}'])('%j is fine', (text) => {
  expect(problemOf(`s://a/${text}`)).toBeNull()
})

it.each([
  ['s://a#b', 'has a fragment'],
  ['s://{a}/{a}', `has the variable 'a' twice`],
  ['s://{+a}/b', 'has {+name} before its end'],
  ['s://{a}/b?c', 'has variables and a query'],
  ['s://{__proto__}', `has a variable called '__proto__', which is no ordinary property in JavaScript`],
  ['S://a', `does not start with a scheme in small letters, such as 'notes://'`],
  ['1s://a', `does not start with a scheme in small letters, such as 'notes://'`],
  ['s:', `does not start with a scheme in small letters, such as 'notes://'`],
])('%j %s', (text, problem) => expect(problemOf(text)).toBe(problem))
