import { expect, it } from 'vitest'
import { urlProblem } from '../../dist/check/url-problem.js'

it.each([
  ['https://', 'is not an absolute https URL'],
  ['https://[', 'is not an absolute https URL'],
  ['https://a.example /mcp', 'is not an absolute https URL'],
  ['https://a.example/mcp ', 'contains a space or a backslash'],
  ['https://a.example/m\tcp', 'contains a space or a backslash'],
  ['https://a.example/m\\cp', 'contains a space or a backslash'],
  ['https://a@a.example/mcp', 'contains a user name or a password'],
  ['https://:a@a.example/mcp', 'contains a user name or a password'],
  ['https://a.example/mcp#', 'has a fragment'],
  ['https://a.example./mcp', 'has a host that ends with a dot'],
  ['https://127.0.0.1/mcp', 'is this machine alone, in every environment'],
  ['https://a.localhost/mcp', 'is this machine alone, in every environment'],
  ['http://a.example/mcp', 'is http in every environment, not only in development'],
])('%j is refused: %s', (url, problem) => expect(urlProblem(url, 'literal')).toBe(problem))

it.each(['https://a.example', 'HTTPS://a.example/mcp', 'https://192.0.2.1/mcp'])('%j is fine everywhere', (url) => {
  expect(urlProblem(url, 'literal')).toBeNull()
  expect(urlProblem(url, 'development')).toBeNull()
})

it.each(['localhost', 'a.localhost', 'notes-2.localhost', '127.0.0.1', '127.100.20.3', '[::1]'])(
  'http is fine for %s in development, and nowhere else',
  (host) => {
    expect(urlProblem(`http://${host}:3000/mcp`, 'development')).toBeNull()
    expect(urlProblem(`http://${host}:3000/mcp`, 'literal')).not.toBeNull()
  },
)

it.each([
  'localhost.example',
  'not-localhost',
  'notlocalhost',
  '127.example',
  '128.0.0.1',
  'a127.0.0.1.example',
  '127.0.0.1.example',
  '[::2]',
  'a.b.localhost',
])('http is not for %s, in development neither', (host) => {
  expect(urlProblem(`http://${host}/mcp`, 'development')).toBe('is http and not a loopback address')
})
