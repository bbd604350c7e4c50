import { TokenExchangeError, ToolError } from '@mcp-secure/spec'
import { expect, it } from 'vitest'

it('is one, whichever copy of the package or the runtime made it', () => {
  const fromElsewhere = Object.assign(new Error('later'), {
    'mcp-secure.token-exchange-error': true,
    code: 'unavailable',
  })
  expect(fromElsewhere).toBeInstanceOf(TokenExchangeError)
  expect(new TokenExchangeError('unavailable')).toBeInstanceOf(TokenExchangeError)
})

it.each([new Error('other'), new ToolError('other'), null, undefined, 'unavailable', {}])('%s is none', (value) => {
  expect(value instanceof TokenExchangeError).toBe(false)
})

it('can be thrown by a test of a handler, with what a handler looks at', () => {
  const error = new TokenExchangeError('unavailable', 'Try again.', 5)
  expect(error).toMatchObject({ name: 'TokenExchangeError', code: 'unavailable', message: 'Try again.', retryAfter: 5 })
  // Told to the caller, as a tool error is, if nobody catches it.
  expect(error['mcp-secure.tool-error']).toBe(true)
})
