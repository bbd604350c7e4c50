// Runs for each test file. What the helpers made or started cannot be put away by hooks of their own modules: test files
// share processes, where such a module is loaded once, and its hooks are those of the first file.
import { afterAll, afterEach } from 'vitest'
import { endAll } from '../dev/support/dev.js'
import { stopStandIns } from '../doctor/support/stand-in.js'
import { removeProjects } from './project.js'

afterEach(stopStandIns)
afterAll(async () => {
  await endAll()
  removeProjects()
})
