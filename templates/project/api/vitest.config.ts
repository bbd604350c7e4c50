import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'generated/*.test.ts'],
    // A server that starts has a database to unpack, and a busy machine takes its time over that.
    hookTimeout: 60_000,
    testTimeout: 30_000,
  },
})
