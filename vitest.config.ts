import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'examples/*/test/**/*.test.ts',
      'scripts/test/**/*.test.ts',
      'attack/test/**/*.test.ts',
      'examples/*/generated/*.test.ts',
      'templates/project/[!_]*/test/**/*.test.ts',
      'templates/project/[!_]*/generated/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/fixtures/**', '**/golden/**', '.packed/**', '.created/**'],
    // Many tests wait for programs that they started, so that a core for the tool itself would be idle.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 90_000,
  },
})
