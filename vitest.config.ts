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
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
