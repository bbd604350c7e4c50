// A project's `stdio.ts`, as it is compiled.
import { startStdio } from '../../dist/stdio/index.js'

await startStdio(() => import('./stdio-definition.mjs'))
