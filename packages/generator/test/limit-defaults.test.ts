import { expect, it } from 'vitest'
import { limitNumbers } from '../../runtime/dist/limits/limit-numbers.js'
import { SERVER_LIMIT_DEFAULTS } from '../dist/model/limit-names.js'

it('what the lock takes for the default of a limit is what the server does', () => {
  const defaults = Object.entries(limitNumbers()).map(([name, value]) => [name, value ?? null])
  expect(SERVER_LIMIT_DEFAULTS).toEqual(Object.fromEntries(defaults))
})
