import { expectTypeOf, it } from 'vitest'
import type { FromConsole, ToConsole } from '../../packages/console/src/definition.js'
import type * as supervisor from '../../packages/generator/src/dev/console-messages.js'

// Neither package may import the other. What is compared is compared by the compiler, which `npm test` runs over this file.
it('is the same on both sides, what dev and the console tell each other', () => {
  expectTypeOf<supervisor.ToConsole>().toEqualTypeOf<ToConsole>()
  expectTypeOf<supervisor.FromConsole>().toEqualTypeOf<FromConsole>()
})
